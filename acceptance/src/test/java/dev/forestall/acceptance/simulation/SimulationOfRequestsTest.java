package dev.forestall.acceptance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.simulation.Desk.Habit;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Loop;
import dev.forestall.loop.host.Logged;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in a town where people and channels report late, twice and out of order, and customers change their minds. */
class SimulationOfRequestsTest {

    private static final int RUNS = Integer.getInteger("forestall.sim.runs", 40);

    /** Quiet hours, and letters that a person must approve. */
    private static final int CAREFUL = 32;

    private static List<Town> towns() {
        return List.of(Town.ofNumbers(), Town.ofHouseholds());
    }

    @ParameterizedTest
    @MethodSource("towns")
    void a_stormy_host_permits_like_a_calm_one(Town town, TestInfo test) {
        Map<Habit, Integer> happened = new EnumMap<>(Habit.class);
        int[] runs = new int[1];
        Seeds.each(test, RUNS / 2, (seed, random) -> {
            runs[0]++;
            Definition definition = town.definition(CAREFUL);
            Desk desk = new Desk(definition, random.split());
            List<Logged> records = desk.work(town.events(random.split(), 200 + random.nextInt(200)));
            desk.happened().forEach((habit, times) -> happened.merge(habit, times, Integer::sum));
            Ending calm = Storm.calm(definition, records);
            SimulationTest.assertSame(
                    new Storm(definition, records, random.split(), UnaryOperator.identity()).run(), calm);
        });
        // One run alone need not meet every habit.
        if (runs[0] >= 10) {
            assertThat(happened.keySet()).as("habits that were met").containsExactly(Habit.values());
        }
    }

    @Test
    void no_permit_that_the_rules_forbid_and_none_refused_that_they_allow(TestInfo test) {
        Map<String, Integer> answers = new TreeMap<>();
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            assertThat(firstMistake(RequestMutant.NONE, random, answers)).isEmpty();
        });
        if (runs[0] >= 20) {
            assertThat(answers.keySet())
                    .as("answers that were given")
                    .contains(
                            "Permitted",
                            "Deferred quiet",
                            "Held person",
                            "Held capacity",
                            "Refused cap",
                            "Refused opt_out",
                            "Expired",
                            "Stands permitted",
                            "Stands withdrawn");
        }
    }

    @ParameterizedTest
    @EnumSource(value = RequestMutant.class, mode = Mode.EXCLUDE, names = "NONE")
    void a_loop_with_something_wrong_is_noticed(RequestMutant mutant) {
        boolean isNoticed = false;
        for (long seed = 1; seed <= 3L * RUNS && !isNoticed; seed++) {
            isNoticed = !firstMistake(mutant, new SplittableRandom(seed), new TreeMap<>())
                    .isEmpty();
        }
        assertThat(isNoticed).as("the oracle notices %s", mutant).isTrue();
    }

    /** What a loop answers wrong first; empty for nothing. */
    private static String firstMistake(RequestMutant mutant, SplittableRandom random, Map<String, Integer> answers) {
        Town town = Town.ofNumbers();
        Definition definition = town.definition(CAREFUL);
        Loop loop = new Loop(definition);
        Desk desk = new Desk(
                new MemoryHost(definition, (subject, before, input) -> mutant.step(loop::step, subject, before, input)),
                random.split());
        desk.work(town.events(random.split(), 300));
        RequestOracle oracle = new RequestOracle();
        for (Desk.Step step : desk.steps()) {
            String wrong = oracle.mistake(step, answers);
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        return "";
    }
}
