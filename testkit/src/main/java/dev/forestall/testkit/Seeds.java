package dev.forestall.testkit;

import java.util.SplittableRandom;
import org.junit.jupiter.api.TestInfo;

/**
 * Runs one random test for many seeds. A failure names its seed and how to run that seed alone; {@code -Dforestall.sim.runs=N} runs
 * another number of them.
 */
public final class Seeds {

    private static final String SEED = "forestall.sim.seed";
    private static final String RUNS = "forestall.sim.runs";

    private Seeds() {}

    /** A test of which every choice comes from the random numbers it is given. */
    @FunctionalInterface
    public interface Run {
        void with(long seed, SplittableRandom random) throws Exception;
    }

    /** What is to hold for every seed. */
    @FunctionalInterface
    public interface Check {
        void holds(long seed) throws Exception;
    }

    /** Checks the seeds 1 to {@code runs}, or only the one that the property {@code forestall.sim.seed} names. */
    public static void forEach(int runs, Check check) {
        Long only = Long.getLong(SEED);
        if (only != null) {
            one(only, check);
            return;
        }
        int many = Integer.getInteger(RUNS, runs);
        for (long seed = 1; seed <= many; seed++) {
            one(seed, check);
        }
    }

    private static void one(long seed, Check check) {
        try {
            check.holds(seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "seed %d: %s%nTo see it again, run the test with -D%s=%d"
                            .formatted(seed, e.getMessage(), SEED, seed),
                    e);
        }
    }

    /** Runs the seeds 1 to {@code runs}, or only the one that the property {@code forestall.sim.seed} names. */
    public static void each(TestInfo test, int runs, Run run) {
        var only = Long.getLong(SEED);
        if (only != null) {
            one(test, only, run);
            return;
        }
        for (long seed = 1; seed <= runs; seed++) {
            one(test, seed, run);
        }
    }

    private static void one(TestInfo test, long seed, Run run) {
        try {
            run.with(seed, new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            var name = test.getTestClass().map(Class::getSimpleName).orElse("TEST")
                    + test.getTestMethod().map(method -> "#" + method.getName()).orElse("");
            throw new AssertionError(
                    "seed %d: %s%nTo see it again: ./dev test %s -D%s=%d"
                            .formatted(seed, e.getMessage(), name, SEED, seed),
                    e);
        }
    }
}
