package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which nothing, or little, could be used does not look like one that went well. */
class UnusableTest {

    @TempDir
    Path directory;

    @Test
    void a_place_that_no_record_has_is_told_with_the_one_that_may_be_meant() throws IOException {
        Ran ran = replay("log.jsonl", """
                {"user":"u1","event":"buy","when":"2025-03-01T10:00:00Z","amount":5}
                {"user":"u2","event":"buy","when":"2025-03-01T11:00:00Z","amount":7}
                """, "amuont");
        assertThat(ran.code()).isZero();
        assertThat(ran.err())
                .contains(
                        "Note: no record of log.jsonl has 'amuont', which the mapping 'log' reads; maybe 'amount' is meant?");
    }

    @Test
    void a_place_that_some_record_has_is_not_told() throws IOException {
        Ran ran = replay("log.jsonl", """
                {"user":"u1","event":"buy","when":"2025-03-01T10:00:00Z"}
                {"user":"u2","event":"buy","when":"2025-03-01T11:00:00Z","amount":7}
                """, "amount");
        assertThat(ran.err()).doesNotContain("Note:");
    }

    @Test
    void when_less_than_half_could_be_used_it_says_so() throws IOException {
        Ran ran = replay("log.csv", """
                user,event,when,amount
                u1,buy,2025-03-01T10:00:00Z,5
                u1,rent,2025-03-01T10:00:00Z,5
                u1,rent,2025-03-01T10:00:00Z,5
                """, "amount");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("Only 1 of 3 records could be used. Why");
    }

    @Test
    void when_nothing_could_be_used_it_is_no_success() throws IOException {
        Ran ran = replay("log.csv", """
                user,event,when,amount
                u1,rent,2025-03-01T10:00:00Z,5
                """, "amount");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("None of 1 record could be used. Why");
    }

    private Ran replay(String name, String text, String place) throws IOException {
        Path pack = directory.resolve("pack.yaml");
        Path log = directory.resolve(name);
        Files.writeString(log, text);
        Files.writeString(pack, """
                pack: shop
                subjects:
                  customer: { identifiers: [userId] }
                events:
                  buy: { amount: number }
                files:
                  log:
                    format: [csv, jsonl]
                    identifiers: { userId: user }
                    event: { from: event }
                    time: { from: when }
                    properties: { amount: %s }
                """.formatted(place));
        return forestall("replay", log, "--pack", pack, "--data", directory.resolve("data"));
    }
}
