package dev.forestall.learning.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether probabilities mean what they say: rows in bins of equal numbers, by probability.
 *
 * @param bins from the lowest probabilities to the highest
 * @param error the expected calibration error: how far said and seen are apart, on average over rows
 * @param perfectError what a perfect model of the same probabilities shows by chance: 95 of 100 times its error is at most this
 */
public record Calibration(List<Bin> bins, double error, double perfectError) {

    private static final int SIMULATIONS = 200;

    /**
     * Rows of like probability.
     *
     * @param said the mean probability
     * @param seen the share with the outcome
     * @param n how many rows
     */
    public record Bin(double said, double seen, int n) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** Whether it is no worse than a perfect model may look. */
    public boolean isSound() {
        return error <= perfectError;
    }

    public static Calibration of(Judged judged, int wanted, long seed) {
        int[] order = judged.ascending();
        int count = Math.max(1, Math.min(wanted, order.length));
        List<Bin> bins = new ArrayList<>();
        boolean[] came = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            came[i] = judged.label(i);
        }
        double error = error(judged, order, count, came, bins);
        SplittableRandom random = new SplittableRandom(seed);
        double[] errors = new double[SIMULATIONS];
        for (int s = 0; s < SIMULATIONS; s++) {
            for (int i = 0; i < came.length; i++) {
                came[i] = random.nextDouble() < judged.probability(i);
            }
            errors[s] = error(judged, order, count, came, new ArrayList<>());
        }
        java.util.Arrays.sort(errors);
        return new Calibration(bins, error, errors[(int) (SIMULATIONS * 0.95)]);
    }

    private static double error(Judged judged, int[] order, int count, boolean[] came, List<Bin> bins) {
        double error = 0;
        for (int b = 0; b < count; b++) {
            int from = (int) ((long) order.length * b / count);
            int to = (int) ((long) order.length * (b + 1) / count);
            double said = 0;
            int seen = 0;
            for (int i = from; i < to; i++) {
                said += judged.probability(order[i]);
                seen += came[order[i]] ? 1 : 0;
            }
            int n = to - from;
            if (n > 0) {
                bins.add(new Bin(said / n, (double) seen / n, n));
                error += Math.abs(said - seen);
            }
        }
        return error / Math.max(1, order.length);
    }
}
