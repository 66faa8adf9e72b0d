package dev.forestall.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.gate.GateOracle.Verdict;
import dev.forestall.loop.gate.GateAnswer;
import dev.forestall.testkit.Seeds;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GateTest {

    private static final int RUNS = 500;

    @Test
    void what_the_rules_forbid_does_not_pass_and_what_they_allow_does(TestInfo test) {
        TreeMap<String, Integer> seen = new TreeMap<>();
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            String wrong = firstMistake(Declared.random(random), GateMutant.NONE, seen);
            assertThat(wrong).isEmpty();
        });
        // One run alone need not meet every rule.
        if (runs[0] >= 300) {
            assertThat(seen.keySet())
                    .as("rules that decided")
                    .containsExactly("", "calendar", "cap", "consent", "opt_out", "person", "quiet", "suppressed");
        }
    }

    @ParameterizedTest
    @EnumSource(value = GateMutant.class, mode = Mode.EXCLUDE, names = "NONE")
    void a_gate_with_something_wrong_is_noticed(GateMutant mutant) {
        boolean isNoticed = false;
        for (long seed = 1; seed <= 3 * RUNS && !isNoticed; seed++) {
            Declared declared = Declared.random(new SplittableRandom(seed));
            isNoticed = !firstMistake(declared, mutant, new TreeMap<>()).isEmpty();
        }
        assertThat(isNoticed).as("the oracle notices %s", mutant).isTrue();
    }

    /** What a gate answers wrong first; empty for nothing. */
    private static String firstMistake(Declared declared, GateMutant mutant, TreeMap<String, Integer> seen) {
        GateOracle oracle = new GateOracle(declared);
        GateUnderTest gate = new GateUnderTest(declared, mutant);
        for (Said said : declared.history()) {
            GateAnswer answer = gate.hears(said);
            if (said instanceof Said.Question question && answer != null) {
                var right = oracle.answers(question);
                if (right.stream().noneMatch(verdict -> isRight(answer, verdict))) {
                    return question + " of " + declared + ": " + answer + " instead of " + right;
                }
                if (answer instanceof GateAnswer.Deferred deferred
                        && !deferred.isUntilTold()
                        && oracle.isCapped(question.asked(), deferred.untilMillis())) {
                    return question + " of " + declared + ": " + answer + " although caps forbid it then";
                }
                seen.merge(rule(answer), 1, Integer::sum);
            }
            oracle.hears(said);
        }
        return "";
    }

    private static boolean isRight(GateAnswer answer, Verdict right) {
        return rule(answer).equals(right.rule())
                && switch (answer) {
                    case GateAnswer.Allowed allowed -> true;
                    case GateAnswer.Deferred deferred ->
                        deferred.untilMillis() >= right.fromMillis()
                                && (deferred.untilMillis() < right.untilMillis()
                                        || right.fromMillis() == right.untilMillis()
                                                && deferred.untilMillis() == right.untilMillis());
                    case GateAnswer.Refused refused -> right.fromMillis() == -1;
                };
    }

    private static String rule(GateAnswer answer) {
        return switch (answer) {
            case GateAnswer.Allowed allowed -> "";
            case GateAnswer.Deferred deferred -> deferred.rule().key();
            case GateAnswer.Refused refused -> refused.rule().key();
        };
    }
}
