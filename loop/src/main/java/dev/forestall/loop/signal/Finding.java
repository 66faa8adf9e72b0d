package dev.forestall.loop.signal;

/**
 * What a detector saw, in numbers, and the events behind it.
 *
 * @param observed what was measured, in the unit of {@code measure}
 * @param expected what it is measured against: a limit, the own history, the expectation; NaN when there is nothing to compare
 * @param measure what the two numbers are
 * @param evidence the places in the log of the inputs behind it, oldest first; at most {@link #MAX_EVIDENCE}
 */
public record Finding(double observed, double expected, Measure measure, long[] evidence) {

    /** More events than this are not named: the latest are. */
    public static final int MAX_EVIDENCE = 16;

    /** What the numbers of a finding are. */
    public enum Measure {
        /** How many events. */
        COUNT,
        /** A length of time, in milliseconds. */
        DURATION,
        /** Events per day. */
        RATE,
        /** A value as the event carries it. */
        VALUE,
        /** A share, 0 to 1. */
        SHARE,
        /** Nothing but that the condition holds: 1. */
        CONDITION
    }

    static Finding condition(long... evidence) {
        return new Finding(1, Double.NaN, Measure.CONDITION, evidence);
    }

    static Finding count(int observed, int expected, long... evidence) {
        return new Finding(observed, expected, Measure.COUNT, evidence);
    }

    /** A length of time that there is nothing to compare with. */
    static Finding lasted(long observedMillis, long... evidence) {
        return new Finding(observedMillis, Double.NaN, Measure.DURATION, evidence);
    }

    static Finding waited(long observedMillis, long expectedMillis, long... evidence) {
        return new Finding(observedMillis, expectedMillis, Measure.DURATION, evidence);
    }
}
