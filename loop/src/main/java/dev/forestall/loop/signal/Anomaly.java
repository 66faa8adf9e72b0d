package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Unlike its own history: a value lies further from the median of the subject's earlier values than {@code beyond} robust standard
 * deviations. Over with the next value that is not odd.
 *
 * <p>The robust standard deviation is 1.4826 times the median absolute deviation (Iglewicz and Hoaglin 1993), but at least
 * {@code floor} of the median's size, so that a history without spread does not make every cent an anomaly. The odd value joins the
 * history like any other: a new habit becomes usual. Values are judged in the order in which they arrive.
 *
 * @param of which events carry the value
 * @param value the value
 * @param beyond how many robust standard deviations are odd, above 0
 * @param direction which way it must lie off
 * @param minimum how many earlier values there must be, at least 3
 * @param history how many of the latest values make the history, at most {@link #MAX_HISTORY}
 * @param floor the smallest standard deviation, as a share of the median's size; 0 or more
 */
public record Anomaly(
        EventPattern of, Formula value, double beyond, Direction direction, int minimum, int history, double floor)
        implements Detector<Anomaly.Seen> {

    public static final int MAX_HISTORY = 64;

    /** Makes the median absolute deviation of a normal distribution its standard deviation. */
    private static final double MAD_TO_SIGMA = 1.4826;

    /** Which way a value must lie off to be odd. */
    public enum Direction {
        ABOVE,
        BELOW,
        BOTH
    }

    public Anomaly {
        if (!(beyond > 0) || minimum < 3 || history < minimum || history > MAX_HISTORY || !(floor >= 0)) {
            throw new IllegalArgumentException("anomaly: beyond " + beyond + ", minimum " + minimum + ", history "
                    + history + ", floor " + floor + " is impossible");
        }
    }

    /** The latest values, oldest first. */
    static final class Seen {
        double[] values = new double[0];
    }

    @Override
    public BitSet types() {
        return of.types();
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        if (!of.matches(event, moment)) {
            return;
        }
        double next = value.value(moment);
        if (Double.isNaN(next)) {
            return;
        }
        if (seen.values.length >= minimum) {
            double median = median(seen.values);
            if (isOdd(next, median, seen.values)) {
                verdict.met(new Finding(next, median, Finding.Measure.VALUE, new long[] {moment.position()}));
            } else {
                verdict.over();
            }
        }
        remember(seen, next);
    }

    private boolean isOdd(double next, double median, double[] values) {
        double[] deviations = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            deviations[i] = Math.abs(values[i] - median);
        }
        double sigma = Math.max(MAD_TO_SIGMA * median(deviations), floor * Math.abs(median));
        double off = next - median;
        return switch (direction) {
            case ABOVE -> off > beyond * sigma;
            case BELOW -> -off > beyond * sigma;
            case BOTH -> Math.abs(off) > beyond * sigma;
        };
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void remember(Seen seen, double next) {
        int from = seen.values.length < history ? 0 : 1;
        double[] values = new double[seen.values.length - from + 1];
        System.arraycopy(seen.values, from, values, 0, values.length - 1);
        values[values.length - 1] = next;
        seen.values = values;
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.values.length == 0;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.values = new double[from.size()];
        for (int i = 0; i < seen.values.length; i++) {
            seen.values[i] = from.compactNumber();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.count(seen.values.length);
        for (double each : seen.values) {
            to.compactNumber(each);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(12 + 9 * history, 0, 4 * history);
    }
}
