package dev.forestall.loop.signal;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;

/**
 * Counts per bucket of time: the current bucket and those before it, and what the recent ones of them and the baseline before these add
 * up to. Counting in the current bucket touches no other: the counts of earlier ones are decoded only when they are asked for.
 */
final class Buckets {

    private static final long NONE = Long.MIN_VALUE;

    private final int recent;
    private final int baseline;
    /** How many buckets can still be asked for, the current one among them. */
    private final int kept;

    private long current = NONE;
    private int inCurrent;
    private int inRecent;
    private int inBaseline;

    /** By how many buckets back, from 1; beyond the first bucket known so far there are zeros. Right only when decoded. */
    private final int[] earlier;

    private boolean isDecoded = true;
    private byte[] encoded = new byte[0];
    private int encodedLength;

    Buckets(int recent, int baseline, int kept) {
        this.recent = recent;
        this.baseline = baseline;
        this.kept = kept;
        this.earlier = new int[kept];
    }

    boolean isEmpty() {
        return current == NONE;
    }

    void clear() {
        current = NONE;
        inCurrent = 0;
        inRecent = 0;
        inBaseline = 0;
        Arrays.fill(earlier, 0);
        isDecoded = true;
    }

    /** The number of the current bucket: multiples of its length since 1970. */
    long current() {
        return current;
    }

    /** What the recent buckets hold, the current one among them. */
    int inRecent() {
        return inRecent;
    }

    /** What the buckets of the baseline hold. */
    int inBaseline() {
        return inBaseline;
    }

    /** Counts one event. A later bucket than the current one becomes it; what is too old to be asked for is not counted. */
    void count(long bucket) {
        if (bucket > current) {
            advance(bucket);
        }
        if (bucket == current) {
            inCurrent++;
            inRecent++;
            return;
        }
        long back = current - bucket;
        if (back < kept) {
            decode();
            earlier[(int) back]++;
            if (back < recent) {
                inRecent++;
            } else if (back < recent + baseline) {
                inBaseline++;
            }
        }
    }

    /** Makes a later bucket the current one. */
    void advance(long to) {
        if (isEmpty()) {
            current = to;
            return;
        }
        decode();
        int steps = (int) Math.min(to - current, kept);
        if (steps <= 0) {
            return;
        }
        earlier[0] = inCurrent;
        System.arraycopy(earlier, 0, earlier, steps, kept - steps);
        Arrays.fill(earlier, 0, steps, 0);
        current = to;
        inCurrent = 0;
        inRecent = sum(0, recent);
        inBaseline = sum(recent, baseline);
    }

    /** What a bucket before the current one holds; 0 for one that is too far back. */
    int back(int back) {
        if (back == 0) {
            return inCurrent;
        }
        decode();
        return back < kept ? earlier[back] : 0;
    }

    /** What some buckets hold together, from one {@code fromBack} before the current one on back. */
    int sum(int fromBack, int buckets) {
        int sum = 0;
        for (int back = fromBack; back < fromBack + buckets; back++) {
            sum += back(back);
        }
        return sum;
    }

    private void decode() {
        if (isDecoded) {
            return;
        }
        isDecoded = true;
        Arrays.fill(earlier, 0);
        Reader from = new Reader().over(encoded, 0, encodedLength);
        for (int back = 1; from.hasMore(); back++) {
            if (back == kept) {
                throw new IllegalStateException("state bytes are damaged: more than " + kept + " buckets are counted");
            }
            earlier[back] = from.size();
        }
    }

    /** Nothing when it is empty; else the current bucket, its count, both sums, and the counts of earlier ones up to the last not 0. */
    void write(Writer to) {
        if (isEmpty()) {
            return;
        }
        to.whole(current).count(inCurrent).count(inRecent).count(inBaseline);
        if (!isDecoded) {
            to.raw(encoded, 0, encodedLength);
            return;
        }
        int last = kept - 1;
        while (last > 0 && earlier[last] == 0) {
            last--;
        }
        for (int back = 1; back <= last; back++) {
            to.count(earlier[back]);
        }
    }

    /** Reads all that is left. */
    void read(Reader from) {
        if (!from.hasMore()) {
            clear();
            return;
        }
        current = from.whole();
        inCurrent = from.size();
        inRecent = from.size();
        inBaseline = from.size();
        encodedLength = from.left();
        if (encodedLength > encoded.length) {
            encoded = new byte[Math.max(encodedLength, 2 * kept)];
        }
        from.raw(encoded, encodedLength);
        isDecoded = false;
    }
}
