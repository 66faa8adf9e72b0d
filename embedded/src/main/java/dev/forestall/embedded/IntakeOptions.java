package dev.forestall.embedded;

import java.time.Duration;

/**
 * How much an intake lets wait.
 *
 * @param records so many records may wait to be written, at least 1
 * @param bytes so much may they take in memory, roughly, at least 1
 * @param commitWithin what was taken is committed after this, also while more follows; at once when nothing does
 * @param retryAfter how long whoever is refused is to wait before sending again, more than nothing
 * @param isLive whether time passes by the clock for those who are silent. Not when history is read in
 */
public record IntakeOptions(int records, long bytes, Duration commitWithin, Duration retryAfter, boolean isLive) {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    public IntakeOptions {
        if (records < 1 || bytes < 1 || commitWithin.isNegative() || !retryAfter.isPositive()) {
            throw new IllegalArgumentException(records + " records, " + bytes + " bytes, commits within " + commitWithin
                    + ", again after " + retryAfter + ": impossible");
        }
    }

    /** Where whoever is refused comes again after a second. */
    public IntakeOptions(int records, long bytes, Duration commitWithin, boolean isLive) {
        this(records, bytes, commitWithin, A_SECOND, isLive);
    }

    public static IntakeOptions defaults() {
        return new IntakeOptions(65_536, 64L << 20, Duration.ofMillis(100), true);
    }
}
