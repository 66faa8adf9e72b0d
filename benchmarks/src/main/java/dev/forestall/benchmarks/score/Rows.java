package dev.forestall.benchmarks.score;

import java.util.SplittableRandom;

/**
 * Rows of 30 features, an eighth of the values missing, and outcomes that waves of some of the features drive. The same for the same
 * seed.
 */
final class Rows {

    static final int FEATURES = 30;

    private static final double NOISE = 2;

    private final float[][] rows;
    private final float[] outcomes;

    Rows(int count, long seed) {
        this.rows = new float[count][FEATURES];
        this.outcomes = new float[count];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int f = 0; f < FEATURES; f++) {
                boolean isMissing = random.nextInt(8) == 0;
                rows[i][f] = isMissing ? Float.NaN : (float) random.nextGaussian();
                double strength = f % 5 == 0 ? 1 : 0.4;
                sum += isMissing ? 0.1 : strength * Math.sin(rows[i][f] * (1 + f % 4));
            }
            outcomes[i] = sum + NOISE * random.nextGaussian() > 0 ? 1 : 0;
        }
    }

    int size() {
        return rows.length;
    }

    /** Row after row, from the first again behind the last. */
    float[] row(int index) {
        return rows[index % rows.length];
    }

    float[] outcomes() {
        return outcomes;
    }

    /** Some rows, one behind the other, as the library takes them. */
    float[] flat(int from, int count) {
        float[] flat = new float[Math.multiplyExact(count, FEATURES)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(row(from + i), 0, flat, i * FEATURES, FEATURES);
        }
        return flat;
    }
}
