package dev.forestall.benchmarks.stream;

/**
 * Seeded chance (SplitMix64) whose draws are the same on every Java version: {@code java.util.random} promises no algorithm and
 * {@code Math.log} no last bit.
 */
final class Chance {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Chance(long seed) {
        this.state = seed;
    }

    /** An independent source for one purpose and one subject of it. */
    static Chance of(long seed, long purpose, long subject) {
        return new Chance(mix(seed + mix(purpose * GOLDEN_GAMMA + mix(subject))));
    }

    static long mix(long value) {
        var z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0..bound-1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    boolean happens(double probability) {
        return unit() < probability;
    }

    /** Exponentially distributed with this mean, as the gap between independent happenings is. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1.0 - unit());
    }
}
