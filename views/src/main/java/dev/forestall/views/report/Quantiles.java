package dev.forestall.views.report;

/**
 * Of some lengths of time: how many there are, the one that half of them do not exceed, and the one that nine of ten do not exceed.
 * Both are 0 when there are none.
 */
public record Quantiles(long count, long p50Millis, long p90Millis) {

    public boolean isEmpty() {
        return count == 0;
    }
}
