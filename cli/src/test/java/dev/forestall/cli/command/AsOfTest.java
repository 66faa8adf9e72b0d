package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks at an instant sees what was known then: time has passed up to it, and not up to what the next record let pass. */
class AsOfTest {

    private static final String LOG = """
            user,event,when
            a,ask,2025-03-01T10:00:00Z
            a,hit,2025-03-01T10:01:00Z
            z,hit,2025-03-05T10:00:00Z
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"[userId]", "[userId, email]"})
    void a_signal_is_raised_when_its_time_has_come_however_late_the_next_record_is(String identifiers)
            throws IOException {
        Path data = replayed(identifiers);
        assertThat(active(data, "10:01:00")).isEmpty();
        assertThat(active(data, "10:59:59")).isEmpty();
        assertThat(active(data, "11:00:00")).isEmpty();
        assertThat(active(data, "11:00:01")).containsExactly("unanswered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[userId]", "[userId, email]"})
    void a_window_ends_at_the_instant(String identifiers) throws IOException {
        Path data = replayed(identifiers);
        assertThat(known(data, "2025-03-02T10:00:59Z").get("trait.hits").asInt())
                .isEqualTo(1);
        assertThat(known(data, "2025-03-02T10:01:00Z").has("trait.hits")
                        && known(data, "2025-03-02T10:01:00Z").get("trait.hits").asInt() > 0)
                .isFalse();
    }

    private Path replayed(String identifiers) throws IOException {
        Path pack = directory.resolve("pack.yaml");
        Path log = directory.resolve("log.csv");
        Path data = directory.resolve("data");
        Files.writeString(log, LOG);
        Files.writeString(pack, """
                pack: asked
                subjects:
                  customer: { identifiers: %s }
                events:
                  ask: {}
                  reply: {}
                  hit: {}
                traits:
                  hits: { count: hit, within: 1d }
                signals:
                  unanswered: { stall: { after: ask, without: reply, within: 1h } }
                files:
                  csv:
                    format: csv
                    identifiers: { userId: user }
                    event: { from: event }
                    time: { from: when }
                """.formatted(identifiers));
        assertThat(forestall("replay", log, "--pack", pack, "--data", data).code())
                .isZero();
        return data;
    }

    private static List<String> active(Path data, String time) throws IOException {
        List<String> signals = new ArrayList<>();
        customer(data, "2025-03-01T" + time + "Z")
                .get("active_signals")
                .forEach(each -> signals.add(each.get("signal").asText()));
        return signals;
    }

    private static JsonNode known(Path data, String asOf) throws IOException {
        return customer(data, asOf).get("known");
    }

    private static JsonNode customer(Path data, String asOf) throws IOException {
        Ran ran = forestall("customer", "a", "--data", data, "--as-of", asOf, "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }
}
