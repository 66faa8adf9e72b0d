package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.simulation.Storm.Fault;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Logged;
import dev.forestall.testkit.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class SimulationTest {

    private static final int RUNS = Integer.getInteger("forestall.sim.runs", 40);

    @Test
    void a_stormy_host_ends_like_a_calm_one(TestInfo test) {
        Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            Definition definition = Town.definition();
            List<Logged> records = Town.events(random.split(), 200 + random.nextInt(400));
            Ending calm = Storm.calm(definition, records);
            Storm storm = new Storm(definition, records, random.split(), UnaryOperator.identity());
            Ending stormy = storm.run();
            assertSame(stormy, calm);
            storm.happened().forEach((fault, times) -> happened.merge(fault, times, Integer::sum));
        });
        // One run alone need not meet every fault.
        if (runs[0] >= 20) {
            assertThat(happened.keySet()).as("kinds of fault that happened").containsExactly(Fault.values());
        }
    }

    @Test
    void the_same_seed_gives_the_same_run_twice(TestInfo test) {
        Seeds.each(test, 5, (seed, random) -> {
            Ending first = stormOf(seed);
            assertSame(stormOf(seed), first);
        });
    }

    private static Ending stormOf(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Logged> records = Town.events(random.split(), 300);
        return new Storm(Town.definition(), records, random.split(), UnaryOperator.identity()).run();
    }

    private static void assertSame(Ending stormy, Ending calm) {
        assertThat(stormy.log()).as("log").isEqualTo(calm.log());
        assertThat(stormy.effects()).as("effects").isEqualTo(calm.effects());
        assertThat(stormy.subjects()).as("subjects").isEqualTo(calm.subjects());
        assertThat(stormy.handedOut()).as("what was handed out").isEqualTo(calm.handedOut());
        assertThat(stormy.counts()).isEqualTo(calm.counts());
    }
}
