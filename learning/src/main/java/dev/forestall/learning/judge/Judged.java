package dev.forestall.learning.judge;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Some probabilities beside what came of them, ready to be measured many times. Immutable.
 *
 * <p>Intervals are of the bootstrap over subjects (percentiles): all moments of a subject are drawn together, for they are alike.
 */
public final class Judged {

    private static final double LEAST = 1e-12;

    private final double[] probabilities;
    private final boolean[] labels;
    private final int[] subjects;
    private final int subjectCount;
    /** Rows in the order of their probability. */
    private final int[] order;

    /**
     * @param probabilities by row
     * @param labels by row: whether the outcome came
     * @param subjects by row: whose moment it is, from 0
     */
    public Judged(double[] probabilities, boolean[] labels, int[] subjects) {
        if (probabilities.length != labels.length || labels.length != subjects.length) {
            throw new IllegalArgumentException("rows differ in number: " + probabilities.length + ", " + labels.length
                    + ", " + subjects.length);
        }
        this.probabilities = probabilities;
        this.labels = labels;
        this.subjects = subjects;
        this.subjectCount = Arrays.stream(subjects).max().orElse(-1) + 1;
        this.order = order(probabilities);
    }

    private static int[] order(double[] probabilities) {
        long[] keys = new long[probabilities.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i;
        }
        return Arrays.stream(keys)
                .boxed()
                .sorted((one, other) ->
                        Double.compare(probabilities[one.intValue()], probabilities[other.intValue()]))
                .mapToInt(Long::intValue)
                .toArray();
    }

    public int size() {
        return labels.length;
    }

    public double probability(int row) {
        return probabilities[row];
    }

    public boolean label(int row) {
        return labels[row];
    }

    /** The share of rows with the outcome. */
    public double rate() {
        int outcomes = 0;
        for (boolean label : labels) {
            outcomes += label ? 1 : 0;
        }
        return (double) outcomes / labels.length;
    }

    /** The rows from the lowest probability to the highest. */
    public int[] ascending() {
        return order.clone();
    }

    public Figures figures() {
        double[] once = new double[subjectCount];
        Arrays.fill(once, 1);
        return figures(once);
    }

    /** With each subject counted so many times. */
    private Figures figures(double[] weightOf) {
        double above = 0;
        double negativesBelow = 0;
        double positives = 0;
        double negatives = 0;
        double loss = 0;
        double squares = 0;
        int i = 0;
        while (i < order.length) {
            double p = probabilities[order[i]];
            double tiedPositives = 0;
            double tiedNegatives = 0;
            while (i < order.length && probabilities[order[i]] == p) {
                int row = order[i++];
                double weight = weightOf[subjects[row]];
                if (labels[row]) {
                    tiedPositives += weight;
                } else {
                    tiedNegatives += weight;
                }
            }
            above += tiedPositives * (negativesBelow + tiedNegatives / 2);
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
            negatives += tiedNegatives;
            double safe = Math.max(LEAST, Math.min(1 - LEAST, p));
            loss -= tiedPositives * Math.log(safe) + tiedNegatives * Math.log(1 - safe);
            squares += tiedPositives * (1 - p) * (1 - p) + tiedNegatives * p * p;
        }
        double all = positives + negatives;
        double auc = positives == 0 || negatives == 0 ? Double.NaN : above / (positives * negatives);
        return new Figures(auc, loss / all, squares / all);
    }

    /** A figure with its interval. */
    public Estimate estimate(ToDoubleFunction<Figures> what, int draws, long seed) {
        return interval(what.applyAsDouble(figures()), weights -> what.applyAsDouble(figures(weights)), draws, seed);
    }

    /**
     * By how much a figure is higher here than there, with its interval; both are measured on the same draws.
     *
     * @param other probabilities of the same rows
     */
    public Estimate difference(Judged other, ToDoubleFunction<Figures> what, int draws, long seed) {
        if (other.labels.length != labels.length) {
            throw new IllegalArgumentException("only the same rows can be compared");
        }
        double value = what.applyAsDouble(figures()) - what.applyAsDouble(other.figures());
        return interval(
                value,
                weights -> what.applyAsDouble(figures(weights)) - what.applyAsDouble(other.figures(weights)),
                draws,
                seed);
    }

    @FunctionalInterface
    private interface Draw {
        double measure(double[] weights);
    }

    private Estimate interval(double value, Draw draw, int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] there = Arrays.stream(subjects).distinct().sorted().toArray();
        double[] measured = new double[draws];
        int n = 0;
        for (int d = 0; d < draws; d++) {
            double[] weights = new double[subjectCount];
            for (int k = 0; k < there.length; k++) {
                weights[there[random.nextInt(there.length)]]++;
            }
            double each = draw.measure(weights);
            if (!Double.isNaN(each)) {
                measured[n++] = each;
            }
        }
        Arrays.sort(measured, 0, n);
        return n == 0
                ? new Estimate(value, Double.NaN, Double.NaN)
                : new Estimate(value, quantile(measured, n, 0.025), quantile(measured, n, 0.975));
    }

    private static double quantile(double[] sorted, int n, double share) {
        double place = share * (n - 1);
        int low = (int) Math.floor(place);
        int high = Math.min(n - 1, low + 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
    }

    /** How many times likelier than usual the outcome is among the most endangered: lift at a share of the rows. */
    public double lift(double share) {
        int top = Math.max(1, (int) Math.round(order.length * share));
        int outcomes = 0;
        for (int i = order.length - top; i < order.length; i++) {
            outcomes += labels[order[i]] ? 1 : 0;
        }
        return (double) outcomes / top / rate();
    }
}
