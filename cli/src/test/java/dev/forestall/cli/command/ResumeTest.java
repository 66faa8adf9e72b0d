package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is read on is known by what it holds: what is new is read once, and what has become another file is not taken for the same. */
class ResumeTest {

    private static final String HEADER = "user,event,when,amount\n";
    private static final String FIRST = HEADER + """
            u1,buy,2025-03-01T10:00:00Z,1
            u1,buy,2025-03-01T12:00:00Z,2
            u1,buy,2025-03-01T14:00:00Z,4
            """;

    @TempDir
    Path directory;

    private Path pack = Path.of("");
    private Path data = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void a_pack() throws IOException {
        pack = directory.resolve("pack.yaml");
        data = directory.resolve("data");
        log = directory.resolve("log.csv");
        Files.writeString(pack, """
                pack: shop
                subjects:
                  customer: { identifiers: [userId] }
                events:
                  buy: { amount: number }
                traits:
                  total: { sum: amount, of: buy }
                files:
                  csv:
                    format: [csv, jsonl, xes]
                    identifiers: { userId: user }
                    event: { from: event }
                    time: { from: when }
                    properties: { amount: amount }
                """);
    }

    @Test
    void what_was_added_is_read_once_wherever_its_times_lie() throws IOException {
        assertThat(newEvents(replay(log, FIRST))).isEqualTo(3);
        // Before, between and behind what was read.
        String more = FIRST + """
                u1,buy,2025-03-01T09:00:00Z,8
                u1,buy,2025-03-01T13:00:00Z,16
                u1,buy,2025-03-02T10:00:00Z,32
                """;
        assertThat(newEvents(resume(log, more))).isEqualTo(3);
        assertThat(total()).isEqualTo(63);
        assertThat(newEvents(resume(log, more))).isZero();
        assertThat(newEvents(resume(log, more + "u1,buy,2025-03-01T11:00:00Z,64\n")))
                .isEqualTo(1);
        assertThat(total()).isEqualTo(127);
    }

    @Test
    void a_last_line_without_an_end_counts_and_what_follows_on_the_next_is_new() throws IOException {
        replay(log, FIRST.stripTrailing());
        assertThat(newEvents(resume(log, FIRST + "u1,buy,2025-03-03T10:00:00Z,8\n")))
                .isEqualTo(1);
        assertThat(total()).isEqualTo(15);
    }

    @Test
    void a_last_line_that_went_on_after_it_was_read_is_refused() throws IOException {
        replay(log, FIRST.stripTrailing());
        assertRefused(resume(log, FIRST.stripTrailing() + "0\n"), "before its last line was complete");
        assertThat(total()).isEqualTo(7);
    }

    @Test
    void a_file_that_was_rotated_rewritten_or_cut_off_is_refused_and_nothing_of_it_is_read() throws IOException {
        replay(log, FIRST);
        String other = HEADER + """
                u9,buy,2025-03-02T10:00:00Z,1
                u9,buy,2025-03-02T11:00:00Z,2
                u9,buy,2025-03-02T12:00:00Z,4
                u9,buy,2025-03-02T13:00:00Z,8
                """;
        assertRefused(resume(log, other), "is not the file that was read before");
        assertRefused(resume(log, FIRST.replace(",4", ",5")), "is not the file that was read before");
        assertRefused(resume(log, FIRST.substring(0, FIRST.length() - 10)), "was cut off or replaced");
        assertThat(total()).isEqualTo(7);
        assertThat(newEvents(resume(directory.resolve("tuesday.csv"), other))).isEqualTo(4);
    }

    @Test
    void two_files_of_one_name_are_two_files() throws IOException {
        Path first = Files.createDirectory(directory.resolve("day1")).resolve("events.csv");
        Path second = Files.createDirectory(directory.resolve("day2")).resolve("events.csv");
        replay(first, FIRST);
        assertThat(newEvents(resume(second, HEADER + """
                u1,buy,2025-03-02T10:00:00Z,8
                u1,buy,2025-03-02T11:00:00Z,16
                u1,rent,2025-03-02T12:00:00Z,32
                """))).isEqualTo(2);
        assertThat(total()).isEqualTo(31);
        assertThat(data.resolve("rejected/events.csv~2.jsonl")).exists();
        assertThat(newEvents(resume(first, FIRST + "u1,buy,2025-03-05T10:00:00Z,64\n")))
                .isEqualTo(1);
        assertThat(newEvents(forestall("replay", second, "--pack", pack, "--data", data, "--json", "--resume")))
                .isZero();
        assertThat(total()).isEqualTo(95);
    }

    @Test
    void a_file_that_was_moved_is_the_same_file() throws IOException {
        replay(log, FIRST);
        Path moved = directory.resolve("elsewhere.csv");
        assertThat(newEvents(resume(moved, FIRST))).isZero();
        assertThat(newEvents(resume(moved, FIRST + "u1,buy,2025-03-05T10:00:00Z,8\n")))
                .isEqualTo(1);
        assertThat(total()).isEqualTo(15);
    }

    @Test
    void what_is_compressed_and_what_has_an_end_cannot_grow() throws IOException {
        Path packed = directory.resolve("log.csv.gz");
        assertThat(newEvents(replay(packed, packed(FIRST)))).isEqualTo(3);
        byte[] more = packed(FIRST + "u1,buy,2025-03-05T10:00:00Z,8\n");
        assertRefused(resume(packed, more), "is not the file that was read before");
        ByteArrayOutputStream twoMembers = new ByteArrayOutputStream();
        twoMembers.writeBytes(packed(FIRST));
        twoMembers.writeBytes(packed("u1,buy,2025-03-05T10:00:00Z,8\n"));
        assertRefused(resume(packed, twoMembers.toByteArray()), "what is compressed cannot be read on");
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertRefused(Ran refused, String because) {
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).startsWith("RUN-005 ").contains(because, "Nothing was read");
    }

    private Ran replay(Path file, String text) throws IOException {
        return replay(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private Ran replay(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return forestall("replay", file, "--pack", pack, "--data", data, "--json");
    }

    private Ran resume(Path file, String text) throws IOException {
        return resume(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private Ran resume(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return forestall("replay", file, "--pack", pack, "--data", data, "--json", "--resume");
    }

    private static long newEvents(Ran ran) throws IOException {
        assertThat(ran.code()).as(ran.err()).isZero();
        return json(ran).get("new_events").asLong();
    }

    private double total() throws IOException {
        return json(forestall("customer", "u1", "--data", data, "--json"))
                .get("known")
                .get("trait.total")
                .asDouble();
    }

    private static JsonNode json(Ran ran) throws IOException {
        return new ObjectMapper().readTree(ran.out());
    }
}
