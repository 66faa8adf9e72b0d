package dev.forestall.views.report;

import java.util.Arrays;

/**
 * How lengths of time are spread: their quantiles, in memory that does not grow with their number. Each value is counted in a bucket
 * whose width is 1/256 of the power of two below it, so a quantile is off by less than 0.2 %.
 */
final class Spread {

    private static final int BITS = 8;
    private static final int PER_OCTAVE = 1 << BITS;

    private long[] buckets = new long[0];
    private long count;

    /** Counts one length; negative ones, which clocks that disagree can give, as 0. */
    void add(long millis) {
        int bucket = bucket(Math.max(0, millis));
        if (bucket >= buckets.length) {
            buckets = Arrays.copyOf(buckets, bucket + PER_OCTAVE);
        }
        buckets[bucket]++;
        count++;
    }

    void add(Spread other) {
        if (other.buckets.length > buckets.length) {
            buckets = Arrays.copyOf(buckets, other.buckets.length);
        }
        for (int i = 0; i < other.buckets.length; i++) {
            buckets[i] += other.buckets[i];
        }
        count += other.count;
    }

    long count() {
        return count;
    }

    /** The smallest length that at least the given share of all does not exceed; 0 when there is none. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return middle(i);
            }
        }
        return 0;
    }

    Quantiles quantiles() {
        return new Quantiles(count, quantile(0.5), quantile(0.9));
    }

    private static int bucket(long millis) {
        if (millis < PER_OCTAVE) {
            return (int) millis;
        }
        int shift = 63 - Long.numberOfLeadingZeros(millis) - BITS;
        return (shift + 1) * PER_OCTAVE + (int) (millis >>> shift) - PER_OCTAVE;
    }

    private static long middle(int bucket) {
        if (bucket < PER_OCTAVE) {
            return bucket;
        }
        int shift = bucket / PER_OCTAVE - 1;
        long from = (long) (PER_OCTAVE + bucket % PER_OCTAVE) << shift;
        return from + (1L << shift) / 2;
    }
}
