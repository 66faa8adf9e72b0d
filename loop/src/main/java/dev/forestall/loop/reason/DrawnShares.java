package dev.forestall.loop.reason;

import dev.forestall.loop.event.Draw;
import java.util.Arrays;

/**
 * By how much each feature moves the log odds of a model that can only be asked: Shapley values, estimated over drawn orders in which
 * the features of a row take the place of usual ones (Štrumbelj and Kononenko 2014), each order also walked backwards (Mitchell and
 * others 2022). In each order the parts add up to what the whole row moves, and so do their means.
 */
public final class DrawnShares {

    /** So many orders, and as many backwards. More would be exacter, and cost as much more. */
    private static final int ORDERS = 8;

    private DrawnShares() {}

    /** Gives rows their log odds. */
    @FunctionalInterface
    public interface Asking {
        double[] logOdds(float[][] rows);
    }

    /**
     * What was found.
     *
     * @param base the log odds of the usual row
     * @param moved by feature; with the base they add up to the log odds of the row
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over and not compared
    public record Found(double base, double[] moved) {}

    /**
     * Explains one row, in one question to the model.
     *
     * @param usual what each feature is as a rule; NaN for absent
     * @param seed of the orders: the same seed, the same answer
     */
    public static Found of(float[] row, float[] usual, Asking model, long seed) {
        int[] differing = differing(row, usual);
        int[][] orders = orders(differing, seed);
        float[][] rows = new float[1 + orders.length * differing.length][];
        rows[0] = usual;
        int next = 1;
        for (int[] order : orders) {
            float[] on = usual.clone();
            for (int feature : order) {
                on[feature] = row[feature];
                rows[next++] = on.clone();
            }
        }
        double[] logOdds = model.logOdds(rows);
        double[] moved = new double[row.length];
        next = 1;
        for (int[] order : orders) {
            double before = logOdds[0];
            for (int feature : order) {
                double after = logOdds[next++];
                moved[feature] += (after - before) / orders.length;
                before = after;
            }
        }
        return new Found(logOdds[0], moved);
    }

    private static int[] differing(float[] row, float[] usual) {
        int[] differing = new int[row.length];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            if (Float.compare(row[i], usual[i]) != 0) {
                differing[count++] = i;
            }
        }
        return Arrays.copyOf(differing, count);
    }

    private static int[][] orders(int[] features, long seed) {
        long drawn = seed;
        int[][] orders = new int[2 * ORDERS][];
        for (int i = 0; i < ORDERS; i++) {
            int[] order = features.clone();
            for (int last = order.length - 1; last > 0; last--) {
                drawn = Draw.mix(drawn);
                int other = (int) Math.floorMod(drawn, (long) last + 1);
                int swapped = order[last];
                order[last] = order[other];
                order[other] = swapped;
            }
            orders[2 * i] = order;
            int[] backwards = new int[order.length];
            for (int j = 0; j < order.length; j++) {
                backwards[j] = order[order.length - 1 - j];
            }
            orders[2 * i + 1] = backwards;
        }
        return orders;
    }
}
