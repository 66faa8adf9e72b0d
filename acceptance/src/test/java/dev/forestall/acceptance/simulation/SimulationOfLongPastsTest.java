package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.testkit.Seeds;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Long pasts are worked out beside while events flow, and take effect whenever they are ready. That is a matter of luck, but it stands in the
 * log: whoever reads that log again comes to the same.
 */
class SimulationOfLongPastsTest {

    private static final int RUNS = 12;

    private final Town town = Town.ofHouseholds();
    private int folded;
    private int crashes;

    @Test
    void whoever_reads_the_log_of_a_storm_again_ends_like_the_storm(TestInfo test) {
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            run(random);
        });
        if (runs[0] == RUNS) {
            assertThat(folded).as("pasts that took effect later").isGreaterThan(30);
            assertThat(crashes).as("crashes").isGreaterThan(3);
        }
    }

    private void run(SplittableRandom random) {
        Definition definition = town.definition();
        List<Logged> records = Town.live(town.events(random.split(), 200 + random.nextInt(400)));
        Storm storm = new Storm(definition, records, random.split(), UnaryOperator.identity())
                .withLongPast(random.nextInt(12));
        Ending stormy = storm.run();
        Ending again = storm.readAgain();
        assertThat(again.effects()).as("effects").isEqualTo(stormy.effects());
        assertThat(again.subjects()).as("subjects").isEqualTo(stormy.subjects());
        assertThat(stormy.astray()).as("subjects, worked out from the log").isEmpty();
        assertThat(again.whoIsWho()).as("who is who").isEqualTo(stormy.whoIsWho());
        assertThat(again.counts()).isEqualTo(stormy.counts());
        assertThat(stormy.handedOut()).as("what was handed out").isEqualTo(again.handedOut());
        LoggedCodec codec = new LoggedCodec(definition.plan());
        folded += (int) stormy.log().stream()
                .map(line -> codec.read(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1))))
                .filter(logged -> logged instanceof Logged.Folded each && each.stage() == Logged.Folded.Stage.STATE)
                .count();
        crashes += storm.happened().getOrDefault(Storm.Fault.CRASH_AFTER_COMMIT, 0)
                + storm.happened().getOrDefault(Storm.Fault.CRASH_BEFORE_COMMIT, 0);
    }
}
