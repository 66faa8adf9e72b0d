package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.host.FileMapping.Notation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV as people and programs really write it. */
class CsvTest {

    private static final String HEADER = "user,event,time,note\n";
    private static final String AT = ",contact,2025-03-01T10:00:00Z,";
    private static final String TOLD = "contact at 2025-03-01T10:00:00Z id  userId=";

    @TempDir
    Path directory;

    private List<FileRecord> read(String content) {
        return read(content.getBytes(UTF_8));
    }

    private List<FileRecord> read(byte[] content) {
        return Reads.all(Reads.file(directory, "events.csv", content), notes());
    }

    private static Example.Mapping notes() {
        return mapping().only("userId", "user").property("note", "note", new Notation.Plain());
    }

    @Test
    void a_quoted_value_may_hold_delimiters_line_ends_and_quotes() {
        var records = read(HEADER + "u1" + AT + "\"a, \"\"b\"\"\nand \r\nc\"\n" + "u2" + AT + "plain\n");

        assertThat(Reads.told(records))
                .containsExactly("2: " + TOLD + "u1 note=a, \"b\"\nand \r\nc", "5: " + TOLD + "u2 note=plain");
    }

    @Test
    void a_quoted_value_may_end_in_half_a_line_end() {
        var records = read(HEADER + "u1" + AT + "\"a\r\"\nu2" + AT + "\"\r\"\r\n" + "u3" + AT + "x\n");

        assertThat(Reads.told(records))
                .containsExactly("2: " + TOLD + "u1 note=a\r", "4: " + TOLD + "u2 note=\r", "6: " + TOLD + "u3 note=x");
    }

    @Test
    void lines_may_end_as_on_any_system_and_the_last_needs_no_end() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            var records = read(HEADER.strip() + end + "u1" + AT + "x" + end + end + "u2" + AT + "y");

            assertThat(Reads.told(records)).containsExactly("2: " + TOLD + "u1 note=x", "4: " + TOLD + "u2 note=y");
        }
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_name() {
        var records = read("\uFEFF" + HEADER + "u1" + AT + "x\n");

        assertThat(Reads.told(records)).containsExactly("2: " + TOLD + "u1 note=x");
        assertThat(records.getFirst().offset()).isEqualTo(3 + HEADER.length());
    }

    @Test
    void each_record_knows_its_place_in_the_file() {
        String first = "u1" + AT + "\"ä\n\"\n";
        var records = read(HEADER + first + "\n\nu2" + AT + "y\n");

        assertThat(records.get(0).origin().ordinal()).isZero();
        assertThat(records.get(0).offset()).isEqualTo(HEADER.length());
        assertThat(records.get(1).origin().ordinal()).isEqualTo(1);
        assertThat(records.get(1).origin().source()).isEqualTo("events.csv");
        assertThat(records.get(1).origin().line()).isEqualTo(6);
        assertThat(records.get(1).offset()).isEqualTo(HEADER.length() + first.getBytes(UTF_8).length + 2);
    }

    @Test
    void a_record_with_another_number_of_columns_than_the_header_is_rejected() {
        var records = read(HEADER + "u1" + AT + "x,y\nu2,contact\nu3" + AT + "z\n");

        assertThat(Reads.told(records))
                .containsExactly(
                        "2: EVT-007: found 5 columns, the header has 4; does a value hold a delimiter without quotes around it?",
                        "3: EVT-007: found 2 columns, the header has 4; does a value hold a delimiter without quotes around it?",
                        "4: " + TOLD + "u3 note=z");
        assertThat(((FileRecord.Rejection) records.get(1)).raw()).isEqualTo("u2,contact");
    }

    @Test
    void a_quote_that_is_never_closed_costs_one_line() {
        var records = read(HEADER + "u1" + AT + "\"open\nu2" + AT + "x\nu3" + AT + "y\n");

        assertThat(Reads.told(records))
                .containsExactly(
                        "2: EVT-007: found a quote that opens a value and none that closes it",
                        "3: " + TOLD + "u2 note=x",
                        "4: " + TOLD + "u3 note=y");
        assertThat(((FileRecord.Rejection) records.getFirst()).raw()).isEqualTo("u1" + AT + "\"open");
    }

    @Test
    void a_stray_quote_does_not_swallow_the_records_up_to_the_next_quote() {
        var records = read(HEADER + "u1" + AT + "\"5 inch\nu2" + AT + "x\nu3" + AT + "\"y\"\n");

        assertThat(Reads.told(records))
                .containsExactly(
                        "2: EVT-007: found text behind a closing quote; a quote within a quoted value is written twice",
                        "3: " + TOLD + "u2 note=x",
                        "4: " + TOLD + "u3 note=y");
    }

    @Test
    void a_quote_within_a_value_without_quotes_is_a_letter_like_others() {
        var records = read(HEADER + "u1" + AT + "5\" screen\n");

        assertThat(Reads.told(records)).containsExactly("2: " + TOLD + "u1 note=5\" screen");
    }

    @Test
    void an_open_quote_is_not_looked_for_beyond_the_largest_record() {
        String lines = ("u2" + AT + "x\n").repeat(1000);
        Path file = Reads.file(directory, "events.csv", HEADER + "u1" + AT + "\"open\n" + lines);

        var records = Reads.all(
                file, notes().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

        assertThat(Reads.rejected(records)).hasSize(1);
        assertThat(Reads.events(records)).hasSize(1000);
    }

    @Test
    void a_record_that_is_too_long_is_rejected_and_cut() {
        Path file = Reads.file(
                directory,
                "events.csv",
                HEADER + "u1" + AT + "x".repeat(5000) + "\nu2" + AT + "y\nu3" + AT + "\"" + "long\n".repeat(1000)
                        + "\"\n" + "u4" + AT + "z\n");

        var records = Reads.all(
                file, notes().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

        assertThat(Reads.told(records).getFirst())
                .isEqualTo("2: EVT-008: found a record of more than 1024 bytes, the limit for one");
        var cut = (FileRecord.Rejection) records.getFirst();
        assertThat(cut.raw())
                .startsWith("u1" + AT + "xxx")
                .endsWith(RecordReader.CUT)
                .hasSizeLessThan(1100);
        assertThat(Reads.told(records)).contains("3: " + TOLD + "u2 note=y", "1005: " + TOLD + "u4 note=z");
        assertThat(Reads.told(records).get(2)).startsWith("4: EVT-007");
    }

    @Test
    void behind_a_record_that_is_too_long_reading_goes_on_at_the_next_line_however_lines_end() {
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            String good = "u2" + AT + "y" + lineEnd;
            Path file = Reads.file(
                    directory,
                    "events.csv",
                    HEADER.strip() + lineEnd + "u1" + AT + "x".repeat(100_000) + lineEnd + good + good);

            var records = Reads.all(
                    file, notes().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

            assertThat(Reads.told(records))
                    .containsExactly(
                            "2: EVT-008: found a record of more than 1024 bytes, the limit for one",
                            "3: " + TOLD + "u2 note=y",
                            "4: " + TOLD + "u2 note=y");
        }
    }

    @Test
    void the_lines_behind_a_record_that_is_too_long_are_counted_right_wherever_its_line_end_falls() {
        String good = "u2" + AT + "y\r\n";
        for (int length = 3_000; length < 3_000 + 1024; length++) {
            Path file = Reads.file(
                    directory, "events.csv", HEADER.strip() + "\r\nu1" + AT + "x".repeat(length) + "\r\n" + good);

            var records = Reads.all(
                    file, notes().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

            assertThat(Reads.told(records).getLast()).as("length %d", length).isEqualTo("3: " + TOLD + "u2 note=y");
        }
    }

    @Test
    void a_record_of_another_encoding_is_rejected_and_the_others_are_read() {
        byte[] content = (HEADER + "u1" + AT + "caf\u00e9\nu2" + AT + "x\n").getBytes(ISO_8859_1);

        var told = Reads.told(read(content));

        assertThat(told.getFirst())
                .isEqualTo(
                        "2: EVT-007: found the byte 0xE9 at place 36 of the record, which is not UTF-8; is the file in another"
                                + " encoding, such as Windows-1252? Then convert it, for instance with iconv");
        assertThat(told.get(1)).isEqualTo("3: " + TOLD + "u2 note=x");
    }

    @Test
    void the_delimiter_is_the_one_of_the_mapping() {
        Path file = Reads.file(directory, "events.csv", "user;event;time;note\nu1;contact;2025-03-01T10:00:00Z;a,b\n");

        assertThat(Reads.told(Reads.all(file, notes().delimiter(';')))).containsExactly("2: " + TOLD + "u1 note=a,b");
    }

    @Test
    void columns_that_are_not_there_stop_the_reading_with_the_nearest_names() {
        assertThatThrownBy(() -> read("User,event,tyme,note,event\nu1,contact,x,y,z\n"))
                .isInstanceOf(WrongFile.class)
                .hasMessage(
                        "CON-004 events.csv does not have the columns that the mapping names: 'event' is there 2 times;"
                                + " 'time' is not there, but 'tyme' is; 'user' is not there, but 'User' is. It has 'User', 'event', 'tyme',"
                                + " 'note', 'event'. Correct the names in the mapping, or use the file the mapping is meant for.");
    }

    @Test
    void another_delimiter_than_the_mapping_says_is_recognised() {
        assertThatThrownBy(() -> read("user;event;time;note\n"))
                .hasMessageContaining("The columns seem to be separated by ';'; the mapping says ','.");
    }

    @Test
    void a_header_alone_holds_no_events() {
        assertThat(read(HEADER)).isEmpty();
    }

    @Test
    void a_file_of_blank_lines_is_empty() {
        assertThatThrownBy(() -> read("\n\n\r\n"))
                .isInstanceOfSatisfying(
                        WrongFile.class, wrong -> assertThat(wrong.code()).isEqualTo(ConnectorError.EMPTY));
    }

    @Test
    void a_gzip_file_reads_as_what_it_holds() {
        byte[] content = (HEADER + "u1" + AT + "x\n").getBytes(UTF_8);
        var records = Reads.all(Reads.file(directory, "events.csv.gz", Reads.gzip(content)), notes());

        assertThat(Reads.told(records)).containsExactly("2: " + TOLD + "u1 note=x");
        assertThat(records.getFirst().offset()).isEqualTo(HEADER.length());
    }

    @Test
    void a_last_record_without_a_line_end_is_read_wherever_the_file_ends() {
        for (int size : List.of(1 << 18, 1 << 19, 1 << 20)) {
            for (int last : List.of(70_000, 140_000, size - HEADER.length())) {
                StringBuilder content = new StringBuilder(HEADER);
                int records = 1;
                for (; size - last - content.length() > 1_000; records++) {
                    content.append(padded(200)).append('\n');
                }
                if (size - last > content.length()) {
                    content.append(padded(size - last - content.length() - 1)).append('\n');
                    records++;
                }
                content.append(padded(last));
                Path file = Reads.file(directory, "events.csv", content.toString());

                var read = Reads.all(
                        file, notes().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(last));

                assertThat(content).hasSize(size);
                assertThat(Reads.events(read)).hasSize(records);
                assertThat(Reads.told(read).getLast()).endsWith(padded(last).substring(("u1" + AT).length()));
            }
        }
    }

    private static String padded(int length) {
        return "u1" + AT + "x".repeat(length - ("u1" + AT).length());
    }
}
