package dev.forestall.learning.train;

import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Examples;
import java.util.Arrays;

/**
 * The best that one column alone can do: the simplest rule somebody could have written. Its probability is the rate of the outcome
 * among training rows of like value, in at most ten bins.
 *
 * @param column of the table
 * @param upTo the upper ends of the bins but the last, ascending
 * @param rates by bin; the last one is of rows without a value
 */
public record SingleColumn(int column, float[] upTo, double[] rates) {

    private static final int BINS = 10;
    private static final int MAX_ROWS = 20_000;
    /** Rows without any outcome are not impossible: each bin begins with so many rows of the usual rate. */
    private static final double PRIOR_ROWS = 10;

    /** The column that ranks training rows best. */
    public static SingleColumn best(Examples examples, int[] training) {
        int[] rows = training;
        if (rows.length > MAX_ROWS) {
            int step = rows.length / MAX_ROWS + 1;
            int[] from = rows;
            rows = java.util.stream.IntStream.range(0, from.length / step)
                    .map(i -> from[i * step])
                    .toArray();
        }
        boolean[] labels = new boolean[rows.length];
        int[] subjects = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = examples.label(rows[i]);
            subjects[i] = examples.subject(rows[i]);
        }
        SingleColumn best = null;
        double highest = -1;
        for (int column = 0; column < examples.columns().size(); column++) {
            SingleColumn each = of(examples, rows, column);
            double[] probabilities = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                probabilities[i] = each.probability(examples.row(rows[i]));
            }
            double auc = new Judged(probabilities, labels, subjects).figures().auc();
            if (auc > highest) {
                highest = auc;
                best = each;
            }
        }
        return java.util.Objects.requireNonNull(best, "a table has columns");
    }

    private static SingleColumn of(Examples examples, int[] rows, int column) {
        float[] values = new float[rows.length];
        int n = 0;
        for (int row : rows) {
            float x = examples.row(row)[column];
            if (!Float.isNaN(x)) {
                values[n++] = x;
            }
        }
        Arrays.sort(values, 0, n);
        float[] ends = new float[BINS - 1];
        int count = 0;
        for (int b = 1; b < BINS && n > 0; b++) {
            float end = values[(int) ((long) n * b / BINS)];
            if (end > (count == 0 ? values[0] : ends[count - 1])) {
                ends[count++] = end;
            }
        }
        // What lies above the last of the tenths' ends, such as a flag that is seldom set, is a bin of its own.
        float last = count == 0 ? (n > 0 ? values[0] : Float.NaN) : ends[count - 1];
        for (int i = 0; i < n && count < ends.length; i++) {
            if (values[i] > last) {
                ends[count++] = values[i];
                break;
            }
        }
        float[] upTo = Arrays.copyOf(ends, count);
        double rate = (double) examples.outcomes(rows) / Math.max(1, rows.length);
        double[] outcomes = new double[count + 2];
        double[] sizes = new double[count + 2];
        for (int row : rows) {
            int bin = bin(upTo, examples.row(row)[column]);
            outcomes[bin] += examples.label(row) ? 1 : 0;
            sizes[bin]++;
        }
        double[] rates = new double[count + 2];
        for (int b = 0; b < rates.length; b++) {
            rates[b] = (outcomes[b] + PRIOR_ROWS * rate) / (sizes[b] + PRIOR_ROWS);
        }
        return new SingleColumn(column, upTo, rates);
    }

    private static int bin(float[] upTo, float x) {
        if (Float.isNaN(x)) {
            return upTo.length + 1;
        }
        int bin = 0;
        while (bin < upTo.length && x >= upTo[bin]) {
            bin++;
        }
        return bin;
    }

    /** @param row of the whole table */
    public double probability(float[] row) {
        return rates[bin(upTo, row[column])];
    }
}
