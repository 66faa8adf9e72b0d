package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Less than before: the rate of matching events in the recent buckets is below a share of the subject's own rate in the buckets
 * before them, where there were enough to compare with.
 *
 * <p>Buckets are whole multiples of {@code bucketMillis} since 1970 UTC. Fired once, it is judged at the end of each bucket over
 * whole buckets, so that silence alone makes it true. Fired at each event, it is judged there, the current bucket counting as
 * recent although it is not over; there it is over at the first event that finds the rate up again.
 *
 * <p>Late events are counted in their bucket and so in all judgements still to come; earlier ones stand. Fired at each event, a late
 * event of an earlier bucket is counted, but not judged.
 *
 * @param of what is counted
 * @param share below which share of the own rate, above 0 and at most 1
 * @param bucketMillis how long a bucket is
 * @param recent how many buckets are recent
 * @param baseline how many buckets before those they are compared with; both together at most {@link #MAX_BUCKETS}
 * @param minimum how many events the baseline must hold at least
 * @param eachEvent judged at each event instead of at the end of each bucket
 */
public record Decline(
        EventPattern of, double share, long bucketMillis, int recent, int baseline, int minimum, boolean eachEvent)
        implements Detector<Decline.Seen> {

    public static final int MAX_BUCKETS = 128;

    private static final double MILLIS_PER_DAY = 86_400_000.0;

    public Decline {
        if (!(share > 0 && share <= 1)
                || bucketMillis <= 0
                || recent < 1
                || baseline < 1
                || recent + baseline > MAX_BUCKETS
                || minimum < 1) {
            throw new IllegalArgumentException("decline: share " + share + ", " + recent + " + " + baseline
                    + " buckets of " + bucketMillis + " ms, minimum " + minimum + " is impossible");
        }
    }

    /** Counts per bucket; the last one is the bucket {@code bucket}, the current one. */
    static final class Seen {
        long bucket;
        int[] counts = new int[0];
        long position;

        boolean isEmpty() {
            return counts.length == 0;
        }

        /** The count {@code back} buckets before the current one. */
        int back(int back) {
            int place = counts.length - 1 - back;
            return place < 0 ? 0 : counts[place];
        }

        int sum(int fromBack, int buckets) {
            int sum = 0;
            for (int back = fromBack; back < fromBack + buckets; back++) {
                sum += back(back);
            }
            return sum;
        }

        /** Makes a later bucket the current one, keeping at most {@code keep} counts and none before the first event. */
        void advance(long to, int keep) {
            int steps = (int) Math.min(to - bucket, keep);
            int kept = Math.min(counts.length + steps, keep);
            int[] next = new int[kept];
            int carried = kept - steps;
            if (carried > 0) {
                System.arraycopy(counts, counts.length - carried, next, 0, carried);
            }
            counts = next;
            bucket = to;
        }
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
        if (!eachEvent && verdict.wakeMillis() <= moment.atMillis()) {
            // The event comes with the end of the bucket, and belongs to the next one: first the end.
            due(seen, moment, verdict);
        }
        long bucket = Math.floorDiv(moment.atMillis(), bucketMillis);
        count(seen, bucket);
        seen.position = moment.position();
        if (!eachEvent) {
            await(seen, verdict);
        } else if (bucket == seen.bucket) {
            judge(seen, verdict);
        }
    }

    private void judge(Seen seen, Verdict verdict) {
        if (isDeclined(seen, 0)) {
            verdict.met(finding(seen, 0));
        } else {
            verdict.over();
        }
    }

    private void count(Seen seen, long bucket) {
        if (seen.isEmpty()) {
            seen.bucket = bucket;
            seen.counts = new int[] {1};
            return;
        }
        if (bucket > seen.bucket) {
            seen.advance(bucket, kept());
        }
        int back = (int) Math.min(seen.bucket - bucket, kept());
        if (back < seen.counts.length) {
            seen.counts[seen.counts.length - 1 - back]++;
        } else if (back < kept()) {
            // Older than the first bucket known so far.
            int[] longer = new int[back + 1];
            System.arraycopy(seen.counts, 0, longer, back + 1 - seen.counts.length, seen.counts.length);
            longer[0] = 1;
            seen.counts = longer;
        }
    }

    /** All buckets that can still be asked for: the recent ones, the baseline, and the current one. */
    private int kept() {
        return recent + baseline + (eachEvent ? 0 : 1);
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        seen.advance(Math.floorDiv(moment.atMillis(), bucketMillis), kept());
        if (isDeclined(seen, 1)) {
            verdict.met(finding(seen, 1));
        } else {
            verdict.over();
        }
        if (seen.sum(0, kept()) == 0) {
            seen.counts = new int[0];
        }
        await(seen, verdict);
    }

    /** Whether it is declined when the recent buckets begin {@code firstBack} before the current one. */
    private boolean isDeclined(Seen seen, int firstBack) {
        int before = seen.sum(firstBack + recent, baseline);
        return before >= minimum && (double) seen.sum(firstBack, recent) * baseline < share * before * recent;
    }

    /** Asks to be woken at the next end of a bucket at which the verdict would change if nothing more happened. */
    private void await(Seen seen, Verdict verdict) {
        int now = seen.sum(0, recent);
        int before = seen.sum(recent, baseline);
        boolean stands = verdict.isRaised();
        for (int later = 1; later <= kept(); later++) {
            // At the end of the current bucket it is the latest of the recent ones; each further bucket is empty.
            boolean declined = before >= minimum && (double) now * baseline < share * before * recent;
            if (declined != stands) {
                verdict.wakeAt((seen.bucket + later) * bucketMillis);
                return;
            }
            int leaves = back(seen, recent - later);
            now -= leaves;
            before += leaves - back(seen, recent + baseline - later);
        }
        verdict.wakeAt(Cells.NEVER);
    }

    private static int back(Seen seen, int back) {
        return back < 0 ? 0 : seen.back(back);
    }

    private Finding finding(Seen seen, int firstBack) {
        double days = bucketMillis / MILLIS_PER_DAY;
        return new Finding(
                seen.sum(firstBack, recent) / (recent * days),
                seen.sum(firstBack + recent, baseline) / (baseline * days),
                Finding.Measure.RATE,
                new long[] {seen.position});
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.isEmpty();
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.counts = new int[from.size()];
        if (seen.counts.length > 0) {
            seen.bucket = from.whole();
            seen.position = from.count();
            for (int i = 0; i < seen.counts.length; i++) {
                seen.counts[i] = from.size();
            }
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.count(seen.counts.length);
        if (seen.counts.length > 0) {
            to.whole(seen.bucket).count(seen.position);
            for (int count : seen.counts) {
                to.count(count);
            }
        }
    }

    @Override
    public Cost cost() {
        return new Cost(14 + kept(), eachEvent ? 0 : 1, 2 * kept());
    }

    /** Arrays make the record's own equality by identity useless; declarations are compared by their text. */
    @Override
    public String toString() {
        return "decline of " + of + " to " + share + " in " + recent + " after " + baseline + " buckets of "
                + bucketMillis + Arrays.toString(new int[] {minimum});
    }
}
