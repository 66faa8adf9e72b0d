package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.FileMapping.Notation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that were rejected can be repaired by hand and read again. */
class RejectedFileTest {

    private static final String AT = "2025-03-01T10:00:00Z";

    @TempDir
    Path directory;

    private static Example.Mapping channels() {
        return mapping().only("userId", "user").property("channel", "channel", new Notation.Plain());
    }

    private Path rejected(List<FileRecord> records) throws IOException {
        Path file = directory.resolve("rejected.jsonl");
        try (var out = RejectedFile.append(file)) {
            for (FileRecord record : records) {
                if (record instanceof FileRecord.Rejection rejection) {
                    out.write(rejection);
                }
            }
        }
        return file;
    }

    private static List<FileRecord> replay(Path file, Example.Mapping mapping) {
        try (var source =
                FileSource.openRejected(file, mapping.build(), Example.PLAN, FileOptions.upTo(Example.LATEST))) {
            return Reads.rest(source);
        }
    }

    private static void repair(Path file, String wrong, String right) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(wrong);
        Files.writeString(file, text.replace(wrong, right));
    }

    @Test
    void a_record_is_written_with_all_that_repairing_it_needs() throws IOException {
        Path log = Reads.file(directory, "log.csv", "user,event,time,channel\nu,visitt," + AT + ",\"a\"\"b\nc\"\n");

        assertThat(Files.readString(rejected(Reads.all(log, channels()))))
                .isEqualTo(
                        "{\"code\":\"EVT-001\",\"field\":\"event\",\"detail\":\"found 'visitt', expected one of the 3 names that the mapping"
                                + " and the tracking plan know; maybe 'visit'?\",\"file\":\"log.csv\",\"line\":2,\"format\":\"csv\",\"header\":"
                                + "\"user,event,time,channel\",\"raw\":\"u,visitt," + AT
                                + ",\\\"a\\\"\\\"b\\nc\\\"\"}\n");
    }

    @Test
    void repaired_records_of_all_formats_are_read_as_in_their_own_files() throws IOException {
        Path csv = Reads.file(directory, "a.csv", "channel,user,event,time\n\"x\ny\",u1,contcat," + AT + "\n");
        Path reordered = Reads.file(directory, "b.csv", "user,time,event,channel\nu2," + AT + ",contcat,web\n");
        Path json = Reads.file(
                directory,
                "c.jsonl",
                "{\"user\":\"u3\",\"event\":\"contcat\",\"time\":\"" + AT + "\",\"channel\":\"ü\"}\n");
        Path xes = Reads.file(
                directory,
                "d.xes",
                "<log><trace><event><string key=\"user\" value=\"u4\"/><string key=\"event\" value=\"contcat\"/><string key=\"channel\""
                        + " value=\"a &lt; b&#10;c\"/><date key=\"time\" value=\"" + AT + "\"/></event></trace></log>");
        Path file = directory.resolve("rejected.jsonl");
        for (Path log : List.of(csv, reordered, json, xes)) {
            rejected(Reads.all(log, channels()));
        }

        assertThat(Reads.told(replay(file, channels()))).hasSize(4).allMatch(told -> told.contains("EVT-001"));
        repair(file, "contcat", "contact");

        assertThat(Reads.told(replay(file, channels())))
                .containsExactly(
                        "1: contact at " + AT + " id  userId=u1 channel=x\ny",
                        "2: contact at " + AT + " id  userId=u2 channel=web",
                        "3: contact at " + AT + " id  userId=u3 channel=ü",
                        "4: contact at " + AT + " id  userId=u4 channel=a < b\nc");
    }

    @Test
    void what_is_still_wrong_can_be_rejected_again_and_again() throws IOException {
        Path log = Reads.file(directory, "log.csv", "user,event,time,channel\nu,visitt," + AT + ",x\n");
        var first = Reads.all(log, channels());
        var again = replay(rejected(first), channels().byTime());

        assertThat(again).singleElement().isInstanceOfSatisfying(FileRecord.Rejection.class, rejection -> {
            var before = (FileRecord.Rejection) first.getFirst();
            assertThat(rejection.raw()).isEqualTo(before.raw());
            assertThat(rejection.form()).isEqualTo(before.form());
            assertThat(rejection.rejected()).isEqualTo(before.rejected());
            assertThat(rejection.origin().source()).isEqualTo("rejected.jsonl");
        });
    }

    @Test
    void repaired_records_come_in_order_of_time() throws IOException {
        Path log = Reads.file(
                directory,
                "log.csv",
                "user,event,time,channel\nu,contact,2025-03-02 x,\nu,contact,2025-03-01 x,\nu,contact,never,\n");
        Path file = rejected(Reads.all(log, channels()));
        repair(file, " x,", ",");

        assertThat(replay(file, channels().byTime()))
                .extracting(record -> record.origin().line())
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void damage_done_while_repairing_is_rejected_with_its_reason() throws IOException {
        String start = "{\"code\":\"EVT-001\",\"format\":";
        Path file = Reads.file(
                directory,
                "rejected.jsonl",
                String.join(
                        "\n",
                        start + "\"csv\",\"header\":\"user,event,time,channel\",\"raw\":\"u,visit," + AT
                                + ",\\nv,visit," + AT + ",\"}",
                        start + "\"csv\",\"header\":\"user,time\",\"raw\":\"u," + AT + "\"}",
                        start + "\"csv\",\"header\":\"user,event,time,channel\",\"raw\":\"\"}",
                        start + "\"parquet\",\"raw\":\"x\"}",
                        start + "\"json_lines\",\"raw\":\"{}\"",
                        start + "\"json_lines\",\"raw\":\"{\\\"user\\\":\"}",
                        start + "\"json_lines\",\"raw\":\"{\\\"user\\\":\\\"u" + RecordReader.CUT + "\"}",
                        start + "\"json_lines\",\"raw\":\"{\\\"user\\\":\\\"\uFFFD\\\"}\"}",
                        start + "\"xes\",\"raw\":\"<trace><event></trace>\"}",
                        "no json"));

        assertThat(Reads.told(replay(file, channels())).stream()
                        .map(told -> told.substring(0, Math.min(60, told.length()))))
                .containsExactly(
                        "1: EVT-007 raw: found more than one record",
                        "2: EVT-007 header: CON-004  does not have the columns that t",
                        "3: EVT-007 raw: found nothing, expected a record",
                        "4: EVT-007 format: found 'parquet', expected csv, json_lines",
                        "5: EVT-007: found no well-formed JSON object; within raw, a ",
                        "6: EVT-007: found the end instead of a value, at place 9 of ",
                        "7: EVT-008 raw: found the beginning of a record only, the re",
                        "8: EVT-007 raw: found letters that could not be read (\uFFFD); re",
                        "9: EVT-007 raw: CON-007  could not be read on at line 1: The",
                        "10: EVT-007: found no well-formed JSON object; within raw, a ".substring(0, 60));
    }

    @Test
    void bytes_that_are_not_utf8_stay_wrong_until_they_are_repaired() throws IOException {
        byte[] latin = ("user,event,time,channel\nu,contact," + AT + ",caf\u00e9\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Path file = rejected(Reads.all(Reads.file(directory, "log.csv", latin), channels()));

        assertThat(Reads.rejected(replay(file, channels()))).hasSize(1);
        repair(file, "\uFFFD", "é");
        assertThat(Reads.events(replay(file, channels()))).hasSize(1);
    }

    @Test
    void a_log_is_no_file_of_rejected_records() {
        Path log = Reads.file(directory, "log.csv", "user,event\n".getBytes(UTF_8));

        assertThatThrownBy(() -> replay(log, channels()))
                .isInstanceOf(WrongFile.class)
                .hasMessageStartingWith("CON-003 log.csv holds no records that were set aside");
    }
}
