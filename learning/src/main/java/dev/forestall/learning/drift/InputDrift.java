package dev.forestall.learning.drift;

import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Spread;
import dev.forestall.loop.risk.Spreads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether what a model looks at lies otherwise than in training. The time since training is cut into windows as long as those of the
 * reference; in each that is over, one moment of each customer is compared with the reference, input by input, by the chi-square test of two samples. The p-values are corrected for all
 * inputs and windows (Bonferroni), so that the chance of any false alarm in one check is at most {@link #FALSE_ALARM}. What is surely
 * different is an alarm only when it also differs by much: the population stability index says how much.
 */
public final class InputDrift {

    /** The chance that a check raises any alarm about inputs although nothing has changed. */
    public static final double FALSE_ALARM = 0.01;

    /** A stability index below this is too little to matter, however sure it is. */
    public static final double LEAST_INDEX = 0.1;

    /** So many windows at most are compared, the latest. */
    private static final int WINDOWS = 4;
    /** A window with fewer customers says nothing. */
    private static final int MIN_CUSTOMERS = 50;
    /** Bins are laid together until so many are expected of each sample: below, the law of chi-square does not hold. */
    private static final double MIN_EXPECTED = 8;

    private InputDrift() {}

    /**
     * How far one input is from where it lay.
     *
     * @param key of the feature
     * @param words for people
     * @param index the population stability index, the sum over bins of (q - p) ln(q / p)
     * @param p-value, corrected for all that was compared; at most 1
     * @param fromMillis the window in which it was furthest from the reference
     * @param customers of the window
     */
    public record Moved(String key, String words, double index, double p, long fromMillis, int customers) {

        public boolean isAlarm() {
            return p <= FALSE_ALARM && index >= LEAST_INDEX;
        }
    }

    /**
     * Compares the moments behind training with the reference.
     *
     * @param rows those moments
     * @param columns which columns the model looks at, in its order
     * @param reference as it was when the model was learned
     * @param toMillis the end of history
     * @return by input, the surest first; empty when no window is over, or holds enough customers
     */
    public static List<Moved> of(Examples examples, int[] rows, int[] columns, Spreads reference, long toMillis) {
        long first = Long.MAX_VALUE;
        for (int row : rows) {
            first = Math.min(first, examples.atMillis(row));
        }
        List<Moved> all = new ArrayList<>();
        long begin = toMillis - reference.windowMillis();
        for (int window = 0; window < WINDOWS && begin >= first && rows.length > 0; window++) {
            int[] drawn = OnePerCustomer.draw(examples, rows, begin, reference.windowMillis());
            if (drawn.length >= MIN_CUSTOMERS) {
                compare(examples, drawn, begin, columns, reference.inputs(), all);
            }
            begin -= reference.windowMillis();
        }
        return all.stream()
                .collect(java.util.stream.Collectors.toMap(
                        Moved::key,
                        each -> each,
                        (one, other) -> one.p < other.p || one.p == other.p && one.index >= other.index ? one : other))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(Moved::p)
                        .thenComparing(Comparator.comparingDouble(Moved::index).reversed())
                        .thenComparing(Moved::key))
                .toList();
    }

    private static void compare(
            Examples examples, int[] rows, long fromMillis, int[] columns, List<Spread> reference, List<Moved> into) {
        for (int i = 0; i < columns.length; i++) {
            Spread before = reference.get(i);
            int[] now = new int[before.counts().size()];
            for (int row : rows) {
                now[before.bin(examples.row(row)[columns[i]])]++;
            }
            int[] then = before.counts().stream().mapToInt(Integer::intValue).toArray();
            double p = Math.min(1, ChiSquare.twoSamples(then, now, MIN_EXPECTED) * columns.length * WINDOWS);
            var column = examples.columns().get(columns[i]);
            into.add(new Moved(column.key(), column.words(), index(then, now), p, fromMillis, rows.length));
        }
    }

    /** Empty bins count as half a customer, so that their logarithm is one. */
    private static double index(int[] then, int[] now) {
        double allThen = 0;
        double allNow = 0;
        for (int bin = 0; bin < then.length; bin++) {
            allThen += Math.max(0.5, then[bin]);
            allNow += Math.max(0.5, now[bin]);
        }
        double index = 0;
        for (int bin = 0; bin < then.length; bin++) {
            if (then[bin] > 0 || now[bin] > 0) {
                double p = Math.max(0.5, then[bin]) / allThen;
                double q = Math.max(0.5, now[bin]) / allNow;
                index += (q - p) * Math.log(q / p);
            }
        }
        return index;
    }
}
