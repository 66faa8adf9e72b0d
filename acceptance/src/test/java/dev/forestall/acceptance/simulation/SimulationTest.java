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
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

    private static final int RUNS = Integer.getInteger("forestall.sim.runs", 40);

    /** Where customers are known by one number, and where it has to be found out who is who. */
    private static List<Town> towns() {
        return List.of(Town.ofNumbers(), Town.ofHouseholds());
    }

    @ParameterizedTest
    @MethodSource("towns")
    void a_stormy_host_ends_like_a_calm_one(Town town, TestInfo test) {
        Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            Definition definition = town.definition();
            List<Logged> records = town.events(random.split(), 200 + random.nextInt(400));
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

    @ParameterizedTest
    @MethodSource("towns")
    void the_same_seed_gives_the_same_run_twice(Town town, TestInfo test) {
        Seeds.each(test, 5, (seed, random) -> {
            Ending first = stormOf(town, seed);
            assertSame(stormOf(town, seed), first);
        });
    }

    private static Ending stormOf(Town town, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Logged> records = town.events(random.split(), 300);
        return new Storm(town.definition(), records, random.split(), UnaryOperator.identity()).run();
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void a_store_with_something_wrong_is_noticed(Mutant mutant) {
        boolean noticed = false;
        for (long seed = 1; seed <= 50 && !noticed; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Town town = towns().get((int) seed % 2);
            Definition definition = town.definition();
            List<Logged> records = town.events(random.split(), 300);
            Ending calm = Storm.calm(definition, records);
            Storm storm = new Storm(definition, records, random.split(), mutant::applyTo);
            noticed = isNoticed(storm, calm);
        }
        assertThat(noticed).as("some run of 50 differs from its calm one").isTrue();
    }

    private static boolean isNoticed(Storm storm, Ending calm) {
        try {
            assertSame(storm.run(), calm);
            return false;
        } catch (AssertionError | RuntimeException different) {
            return true;
        }
    }

    static void assertSame(Ending stormy, Ending calm) {
        assertThat(stormy.log()).as("log").isEqualTo(calm.log());
        assertThat(stormy.effects()).as("effects").isEqualTo(calm.effects());
        assertThat(stormy.subjects()).as("subjects").isEqualTo(calm.subjects());
        assertThat(stormy.handedOut()).as("what was handed out").isEqualTo(calm.handedOut());
        assertThat(stormy.astray()).as("subjects, worked out from the log").isEmpty();
        assertThat(stormy.whoIsWho()).as("who is who").isEqualTo(calm.whoIsWho());
        assertThat(stormy.counts()).isEqualTo(calm.counts());
    }
}
