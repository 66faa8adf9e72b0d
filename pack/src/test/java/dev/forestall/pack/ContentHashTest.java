package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {

    private static final String PACK = """
            pack: shop
            subjects:
              customer: { identifiers: [userId] }
            events:
              order_placed: { amount: money }
              order_paid: {}
              contact: {}
            journeys:
              order:
                start: order_placed
                steps: { asked: contact, paid: order_paid }
                goal: order_placed
            signals:
              unpaid:
                stall: { after: order_placed, without: order_paid, within: 2d }
              chasing:
                repeat: { of: contact, times: 2, within: 7d }
            """;

    @TempDir
    Path folder;

    private static String hash(String text) throws PackException {
        return Packs.compileText(text).definition().hash();
    }

    @Test
    void layout_comments_quotes_and_order_do_not_change_it() throws PackException {
        String other = """
                # the same, written by somebody else
                events:
                  contact: {}          # any contact
                  order_paid:
                    {}
                  order_placed:
                    amount: "money"
                signals:
                  chasing: { repeat: { within: 7d, times: 2, of: contact } }
                  unpaid:
                    stall:
                      within: 2d
                      after: 'order_placed'
                      without: order_paid
                journeys:
                  order:
                    goal: order_placed
                    steps:
                      asked: contact
                      paid: order_paid
                    start: order_placed
                subjects: { customer: { identifiers: [ userId ] } }
                pack: shop
                """;
        assertThat(hash(other)).isEqualTo(hash(PACK)).matches("[0-9a-f]{32}");
    }

    @Test
    void what_is_said_changes_it() throws PackException {
        assertThat(hash(PACK.replace("7d", "8d"))).isNotEqualTo(hash(PACK));
        assertThat(hash(PACK.replace("times: 2", "times: 3"))).isNotEqualTo(hash(PACK));
        assertThat(hash(PACK.replace("chasing", "chased"))).isNotEqualTo(hash(PACK));
        assertThat(hash(PACK.replace("contact: {}", "contact: { topic: string }")))
                .isNotEqualTo(hash(PACK));
    }

    @Test
    void the_order_of_steps_means_something() throws PackException {
        assertThat(hash(PACK.replace("{ asked: contact, paid: order_paid }", "{ paid: order_paid, asked: contact }")))
                .isNotEqualTo(hash(PACK));
    }

    @Test
    void the_files_it_is_spread_over_do_not_change_it() throws IOException, PackException {
        int signals = PACK.indexOf("signals:");
        int chasing = PACK.indexOf("  chasing:");
        Files.writeString(folder.resolve("pack.yaml"), PACK.substring(0, signals));
        Files.writeString(folder.resolve("b.yaml"), PACK.substring(signals, chasing));
        Files.writeString(folder.resolve("a.yml"), "signals:\n" + PACK.substring(chasing));
        assertThat(Packs.compile(folder).definition().hash()).isEqualTo(hash(PACK));
    }

    @Test
    void baselines_change_it_and_what_they_came_from_does_not() throws IOException, PackException {
        Path file = folder.resolve("pack.yaml");
        Files.writeString(file, PACK.replace("within: 2d", "within: learned(p90)"));
        Pack learning = Packs.compileForLearning(file);
        String first = withBaselines(learning, 1_000, "one");
        assertThat(withBaselines(learning, 1_000, "another")).isEqualTo(first);
        assertThat(withBaselines(learning, 2_000, "one")).isNotEqualTo(first);
        assertThat(Packs.compile(file).hashWithoutBaselines()).isEqualTo(learning.hashWithoutBaselines());
    }

    private String withBaselines(Pack learning, long millis, String data) throws IOException, PackException {
        long[] observed = new long[100];
        Arrays.fill(observed, millis);
        var times = new TreeMap<String, Baselines.Times>();
        times.put("unpaid", Baselines.Times.of(observed));
        var provenance = new Baselines.Provenance(
                data, learning.hashWithoutBaselines(), 100, Instant.EPOCH, Instant.EPOCH, "0.1.0");
        var baselines = new Baselines(provenance, times, new TreeMap<>());
        Files.writeString(folder.resolve("baselines.json"), BaselinesFile.write(baselines));
        Pack pack = Packs.compile(folder.resolve("pack.yaml"));
        assertThat(pack.warnings()).isEmpty();
        return pack.definition().hash();
    }
}
