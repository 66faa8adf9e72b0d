package dev.forestall.learning.judge;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

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
    /** By row: -ln of the probability of what came. */
    private final double[] losses;

    /**
     * @param probabilities by row
     * @param labels by row: whether the outcome came
     * @param subjects by row: whose moment it is, from 0
     */
    public Judged(double[] probabilities, boolean[] labels, int[] subjects) {
        if (probabilities.length != labels.length || labels.length != subjects.length) {
            throw new IllegalArgumentException(
                    "rows differ in number: " + probabilities.length + ", " + labels.length + ", " + subjects.length);
        }
        this.probabilities = probabilities;
        this.labels = labels;
        this.subjects = subjects;
        this.subjectCount = Arrays.stream(subjects).max().orElse(-1) + 1;
        this.order = order(probabilities);
        this.losses = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            double safe = Math.max(LEAST, Math.min(1 - LEAST, probabilities[row]));
            losses[row] = -Math.log(labels[row] ? safe : 1 - safe);
        }
    }

    /** Each row goes to where its probability begins among all sorted ones, in the order of the rows. */
    private static int[] order(double[] probabilities) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        int[] taken = new int[sorted.length];
        int[] order = new int[sorted.length];
        for (int row = 0; row < probabilities.length; row++) {
            int first = first(sorted, probabilities[row]);
            order[first + taken[first]++] = row;
        }
        return order;
    }

    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
                loss += weight * losses[row];
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
            squares += tiedPositives * (1 - p) * (1 - p) + tiedNegatives * p * p;
        }
        double all = positives + negatives;
        double auc = positives == 0 || negatives == 0 ? Double.NaN : above / (positives * negatives);
        return new Figures(auc, loss / all, squares / all);
    }

    /**
     * The figures of several ways to predict the same rows, on the same draws of subjects: for intervals of each and of differences.
     *
     * @return by way and draw
     */
    public static Figures[][] draws(List<Judged> ways, int draws, long seed) {
        Judged first = ways.getFirst();
        SplittableRandom random = new SplittableRandom(seed);
        int[] there = Arrays.stream(first.subjects).distinct().sorted().toArray();
        Figures[][] drawn = new Figures[ways.size()][draws];
        for (int d = 0; d < draws; d++) {
            double[] weights = new double[first.subjectCount];
            for (int k = 0; k < there.length; k++) {
                weights[there[random.nextInt(there.length)]]++;
            }
            for (int way = 0; way < drawn.length; way++) {
                if (ways.get(way).labels.length != first.labels.length) {
                    throw new IllegalArgumentException("only the same rows can be compared");
                }
                drawn[way][d] = ways.get(way).figures(weights);
            }
        }
        return drawn;
    }

    /** A value and the middle 95 % of what was drawn of it. */
    public static Estimate estimate(double value, DoubleStream drawn) {
        double[] sorted = drawn.filter(each -> !Double.isNaN(each)).sorted().toArray();
        return sorted.length == 0
                ? new Estimate(value, Double.NaN, Double.NaN)
                : new Estimate(value, quantile(sorted, sorted.length, 0.025), quantile(sorted, sorted.length, 0.975));
    }

    private static double quantile(double[] sorted, int n, double share) {
        double place = share * (n - 1);
        int low = (int) Math.floor(place);
        int high = Math.min(n - 1, low + 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
    }

    /**
     * How many times likelier than usual the outcome is among the most endangered: lift at a share of the rows. Of rows tied at the edge,
     * each counts in the proportion that still has room, so that their order in the table says nothing.
     */
    public double lift(double share) {
        int top = Math.max(1, (int) Math.round(order.length * share));
        double outcomes = 0;
        int i = order.length;
        int room = top;
        while (room > 0) {
            double p = probabilities[order[i - 1]];
            int tied = 0;
            int tiedOutcomes = 0;
            while (i > 0 && probabilities[order[i - 1]] == p) {
                tied++;
                tiedOutcomes += labels[order[--i]] ? 1 : 0;
            }
            outcomes += (double) tiedOutcomes * Math.min(room, tied) / tied;
            room -= Math.min(room, tied);
        }
        return outcomes / top / rate();
    }
}
