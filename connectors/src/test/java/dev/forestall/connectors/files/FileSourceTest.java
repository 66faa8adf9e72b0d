package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.connectors.files.Progress.Phase;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.Logged;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, places and progress of a file, and files that are none. */
class FileSourceTest {

    private static final FileOptions OPTIONS = FileOptions.upTo(Example.LATEST);

    /** Two cases one after the other, as logs are often grouped; line 4 is bad, line 6 has an impossible time, line 8 another kind. */
    private static final String GROUPED = """
            user,event,time
            a,visit,2025-03-01T10:00:00Z
            a,contact,2025-03-03T10:00:00Z
            a,nothing,2025-03-02T10:00:00Z
            a,visit,2025-03-04T10:00:00Z
            a,visit,1925-03-04T10:00:00Z
            b,contact,2025-03-03T10:00:00Z
            b,left out,2025-03-02T10:00:00Z
            b,visit,2025-03-02T10:00:00Z
            """;

    @TempDir
    Path directory;

    private Path grouped() {
        return Reads.file(directory, "grouped.csv", GROUPED);
    }

    private static Example.Mapping plain() {
        return mapping()
                .only("userId", "user")
                .type(new FileMapping.TypeFrom.Told(
                        List.of("event"),
                        new java.util.LinkedHashMap<>(java.util.Map.of("visit", "visit", "contact", "contact")),
                        java.util.Set.of("left out")));
    }

    private static FileSource open(Path file, FileMapping mapping) {
        return FileSource.open(file, mapping, Example.PLAN, OPTIONS);
    }

    private static List<Long> lines(List<FileRecord> records) {
        return records.stream().map(record -> record.origin().line()).toList();
    }

    @Test
    void events_come_in_order_of_time_and_what_has_no_time_first() {
        var records = Reads.all(grouped(), plain().byTime());

        assertThat(lines(records)).containsExactly(4L, 6L, 2L, 9L, 3L, 7L, 5L);
        assertThat(records).extracting(record -> record.origin().ordinal()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(records).extracting(record -> record.origin().source()).containsOnly("grouped.csv");
    }

    @Test
    void or_as_they_stand_in_the_file() {
        assertThat(lines(Reads.all(grouped(), plain()))).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 9L);
    }

    @Test
    void sorting_on_disk_changes_nothing() {
        var random = new Random(7);
        StringBuilder content = new StringBuilder("user,event,time\n");
        for (int i = 0; i < 20_000; i++) {
            content.append("u")
                    .append(random.nextInt(50))
                    .append(random.nextInt(20) == 0 ? ",what," : ",visit,2025-03-");
            content.append(String.format("%02dT%02d:00Z\n", 1 + random.nextInt(28), random.nextInt(24)));
        }
        Path file = Reads.file(directory, "many.csv", content.toString());
        var mapping = plain().byTime().build();

        var inMemory = Reads.all(file, mapping, OPTIONS);
        var onDisk = Reads.all(file, mapping, OPTIONS.withSortMemory(1 << 16).withScratch(directory));

        assertThat(Reads.told(onDisk)).isEqualTo(Reads.told(inMemory)).hasSize(20_000);
        assertThat(lines(onDisk)).isEqualTo(lines(inMemory));
    }

    @Test
    void reading_goes_on_at_any_place() {
        for (var mapping : List.of(plain().build(), plain().byTime().build())) {
            var all = Reads.told(Reads.all(grouped(), mapping, OPTIONS));
            for (int from = 0; from <= all.size(); from++) {
                try (var source = open(grouped(), mapping)) {
                    source.skipTo(from);
                    var rest = Reads.rest(source);

                    assertThat(Reads.told(rest)).isEqualTo(all.subList(from, all.size()));
                    assertThat(rest)
                            .extracting(record -> record.origin().ordinal())
                            .isEqualTo(IntStream.range(from, all.size())
                                    .mapToObj(i -> (long) i)
                                    .toList());
                    assertThat(source.ignored()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void a_place_behind_the_end_means_that_the_file_has_changed() {
        try (var source = open(grouped(), plain().byTime().build())) {
            assertThatThrownBy(() -> source.skipTo(8))
                    .isInstanceOf(WrongFile.class)
                    .hasMessage(
                            "CON-009 grouped.csv has only 7 records, and reading was to go on at record 8. It was changed since it"
                                    + " was last read: bring the old one back, or read it from the start.");
        }
    }

    @Test
    void a_place_that_was_passed_cannot_be_gone_back_to() {
        try (var source = open(grouped(), plain().build())) {
            source.skipTo(3);

            assertThatThrownBy(() -> source.skipTo(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void progress_is_seen_while_reading_and_while_delivering() {
        try (var source = open(grouped(), plain().byTime().build())) {
            assertThat(source.progress().phase()).isEqualTo(Phase.READING);
            assertThat(source.progress().total()).isEqualTo(GROUPED.length());

            source.next();
            assertThat(source.progress()).isEqualTo(new Progress(Phase.DELIVERING, 1, 7));
            Reads.rest(source);
            assertThat(source.progress().share()).isEqualTo(1);
        }
        try (var source = open(grouped(), plain().build())) {
            Reads.rest(source);
            assertThat(source.progress()).isEqualTo(new Progress(Phase.READING, GROUPED.length(), GROUPED.length()));
        }
    }

    @Test
    void what_the_log_keeps_is_the_origin_and_the_event_or_the_raw_text() {
        var records = Reads.all(grouped(), plain());

        assertThat(records.get(0).logged())
                .isInstanceOfSatisfying(
                        Logged.Arrived.class,
                        arrived -> assertThat(arrived.origin().line()).isEqualTo(2));
        assertThat(records.get(2).logged()).isInstanceOfSatisfying(Logged.Rejection.class, rejection -> {
            assertThat(rejection.raw()).isEqualTo("a,nothing,2025-03-02T10:00:00Z");
            assertThat(rejection.rejected().code().code()).isEqualTo("EVT-001");
        });
    }

    @Test
    void a_file_that_is_not_there_is_missed_with_a_suggestion() {
        grouped();

        assertThatThrownBy(() -> open(directory.resolve("gruoped.csv"), plain().build()))
                .isInstanceOf(WrongFile.class)
                .hasMessage("CON-001 there is no file " + directory.resolve("gruoped.csv") + "; maybe "
                        + directory.resolve("grouped.csv") + "?");
        assertThatThrownBy(() -> open(directory.resolve("no/such.csv"), plain().build()))
                .hasMessageEndingWith("; there is no directory " + directory.resolve("no") + " either");
    }

    @Test
    void a_directory_is_no_file() {
        assertThatThrownBy(() -> open(directory, plain().build()))
                .hasMessage("CON-002 " + directory + " is a directory; name the file in it that holds the events");
    }

    @Test
    void an_empty_file_is_refused() {
        for (byte[] nothing : List.of(new byte[0], Reads.gzip(new byte[0]))) {
            assertThatThrownBy(() -> open(Reads.file(directory, "empty.csv", nothing), plain().build()))
                    .hasMessage("CON-005 empty.csv is empty; was it written completely?");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PK\3\4 | a zip archive or an Excel workbook",
                "PAR1 | Parquet",
                "BZh9 | compressed with bzip2",
                "%PDF-1.7 | a PDF"
            })
    void files_of_other_kinds_are_recognised(String example) {
        String[] startAndName = example.split(" \\| ");
        Path file = Reads.file(directory, "some.csv", startAndName[0] + "rest");

        assertThatThrownBy(() -> open(file, plain().build()))
                .isInstanceOf(WrongFile.class)
                .hasMessageStartingWith("CON-003 some.csv is " + startAndName[1]);
    }

    @Test
    void binary_files_and_wide_letters_are_recognised() {
        assertThatThrownBy(() -> open(Reads.file(directory, "some.csv", new byte[] {1, 2, 0, 3}), plain().build()))
                .hasMessageStartingWith("CON-003 some.csv is no text");
        assertThatThrownBy(() -> open(
                        Reads.file(directory, "some.csv", GROUPED.getBytes(java.nio.charset.StandardCharsets.UTF_16)),
                        plain().build()))
                .hasMessageContaining("iconv -f UTF-16");
        assertThatThrownBy(() -> open(
                        Reads.file(directory, "some.csv.gz", Reads.gzip(Reads.gzip(GROUPED.getBytes(UTF_8)))),
                        plain().build()))
                .hasMessageContaining("compressed with gzip twice");
    }

    @Test
    void a_file_of_another_format_than_the_mapping_is_for_is_refused() {
        assertThatThrownBy(() -> open(
                        grouped(),
                        plain().formats(Format.JSON_LINES, Format.XES).build()))
                .hasMessage("CON-003 grouped.csv looks like CSV, but the mapping 'example' is for JSON Lines, XES.");
    }

    @Test
    void a_compressed_file_that_ends_in_the_middle_counts_up_to_there() {
        var random = new Random(3);
        StringBuilder content = new StringBuilder("user,event,time\n");
        for (int i = 0; i < 30_000; i++) {
            content.append("u").append(random.nextLong()).append(",visit,2025-03-01T10:00:00Z\n");
        }
        byte[] whole = Reads.gzip(content.toString().getBytes(UTF_8));
        Path file = Reads.file(directory, "cut.csv.gz", Arrays.copyOf(whole, whole.length / 2));

        for (var mapping : List.of(plain().build(), plain().byTime().build())) {
            try (var source = open(file, mapping)) {
                int[] read = {0};
                assertThatThrownBy(() -> {
                            while (source.next().isPresent()) {
                                read[0]++;
                            }
                        })
                        .isInstanceOfSatisfying(
                                WrongFile.class,
                                wrong -> assertThat(wrong.code()).isEqualTo(ConnectorError.BROKEN_OFF))
                        .hasMessageContaining("the compressed data ends in the middle. Was it copied completely?");
                assertThat(read[0]).isBetween(13_000, 17_000);
                assertThatThrownBy(source::next).isInstanceOf(WrongFile.class);
            }
        }
    }

    @Test
    void damaged_compressed_data_is_recognised() throws Exception {
        byte[] whole = Reads.gzip(GROUPED.repeat(100).getBytes(UTF_8));
        whole[whole.length - 6] ^= 1;
        Path file = Files.write(directory.resolve("damaged.csv.gz"), whole);

        assertThatThrownBy(() -> Reads.rest(open(file, plain().build())))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("the compressed data is damaged");
    }

    @Test
    void several_gzip_files_in_one_are_read_as_one() {
        byte[] first = Reads.gzip("user,event,time\na,visit,2025-03-01\n".getBytes(UTF_8));
        byte[] second = Reads.gzip("b,visit,2025-03-02\n".getBytes(UTF_8));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(Reads.all(Reads.file(directory, "both.csv.gz", both), plain()))
                .hasSize(2);
    }

    @Test
    void a_file_that_is_cut_off_while_it_is_read_does_not_just_end() throws IOException {
        StringBuilder text = new StringBuilder("user,event,time\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("user-").append(i).append(",visit,2025-03-01T10:00:00Z\n");
        }
        Path file = Reads.file(directory, "long.csv", text.toString());
        try (FileSource source = open(file, plain().build())) {
            assertThat(source.next()).isPresent();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1_000_000);
            }
            assertThatThrownBy(() -> {
                        while (source.next().isPresent()) {
                            assertThat(source.progress().done()).isPositive();
                        }
                    })
                    .isInstanceOfSatisfying(
                            WrongFile.class, wrong -> assertThat(wrong.code()).isEqualTo(ConnectorError.BROKEN_OFF))
                    .hasMessageContaining("has only 1000000 now: somebody has cut it off");
        }
    }

    @Test
    void what_is_added_while_a_file_is_read_is_for_another_time() throws IOException {
        Path file = Reads.file(directory, "growing.csv", "user,event,time\na,visit,2025-03-01T10:00:00Z\n");
        try (FileSource source = open(file, plain().build())) {
            Files.writeString(file, "b,visit,2025-03-01T10:00:00Z\n", StandardOpenOption.APPEND);
            assertThat(source.next()).isPresent();
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void a_pipe_is_refused_before_anybody_waits_for_it() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> open(pipe, plain().build()))
                .isInstanceOf(WrongFile.class)
                .hasMessageContaining("is a pipe or a device");
    }
}
