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

    /** The counts, and where the latest event that was counted stands in the log. */
    static final class Seen {
        final Buckets buckets;
        long position;

        Seen(Buckets buckets) {
            this.buckets = buckets;
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
        long bucket = bucketOf(moment.atMillis(), seen.buckets);
        seen.buckets.count(bucket);
        seen.position = moment.position();
        if (!eachEvent) {
            await(seen.buckets, verdict);
        } else if (bucket == seen.buckets.current()) {
            judge(seen, seen.buckets.inRecent(), seen.buckets.inBaseline(), verdict);
        }
    }

    /** Nearly always the current one, which is found out without a division. */
    private long bucketOf(long atMillis, Buckets buckets) {
        if (!buckets.isEmpty()) {
            long within = atMillis - buckets.current() * bucketMillis;
            if (within >= 0 && within < bucketMillis) {
                return buckets.current();
            }
        }
        return Math.floorDiv(atMillis, bucketMillis);
    }

    private void judge(Seen seen, int inRecent, int inBaseline, Verdict verdict) {
        if (isDeclined(inRecent, inBaseline)) {
            verdict.met(finding(seen, inRecent, inBaseline));
        } else {
            verdict.over();
        }
    }

    /** All buckets that can still be asked for: the recent ones, the baseline, and the current one. */
    private int kept() {
        return recent + baseline + (eachEvent ? 0 : 1);
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        Buckets buckets = seen.buckets;
        buckets.advance(Math.floorDiv(moment.atMillis(), bucketMillis));
        // The bucket that begins with this moment says nothing yet.
        judge(seen, buckets.sum(1, recent), buckets.sum(1 + recent, baseline), verdict);
        if (buckets.sum(0, kept()) == 0) {
            buckets.clear();
        }
        await(buckets, verdict);
    }

    private boolean isDeclined(int inRecent, int inBaseline) {
        return inBaseline >= minimum && (double) inRecent * baseline < share * inBaseline * recent;
    }

    /** Asks to be woken at the next end of a bucket at which the verdict would change if nothing more happened. */
    private void await(Buckets buckets, Verdict verdict) {
        int now = buckets.inRecent();
        int before = buckets.inBaseline();
        boolean stands = verdict.isRaised();
        for (int later = 1; later <= kept(); later++) {
            // At the end of the current bucket it is the latest of the recent ones; each further bucket is empty.
            if (isDeclined(now, before) != stands) {
                verdict.wakeAt((buckets.current() + later) * bucketMillis);
                return;
            }
            int leaves = back(buckets, recent - later);
            now -= leaves;
            before += leaves - back(buckets, recent + baseline - later);
        }
        verdict.wakeAt(Cells.NEVER);
    }

    private static int back(Buckets buckets, int back) {
        return back < 0 ? 0 : buckets.back(back);
    }

    private Finding finding(Seen seen, int inRecent, int inBaseline) {
        double days = bucketMillis / MILLIS_PER_DAY;
        return new Finding(
                inRecent / (recent * days), inBaseline / (baseline * days), Finding.Measure.RATE, new long[] {
                    seen.position
                });
    }

    @Override
    public Seen fresh() {
        return new Seen(new Buckets(recent, baseline, kept()));
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.buckets.isEmpty();
    }

    @Override
    public Seen read(Reader from) {
        return read(from, fresh());
    }

    @Override
    public Seen read(Reader from, Seen spare) {
        spare.position = from.hasMore() ? from.count() : 0;
        spare.buckets.read(from);
        return spare;
    }

    @Override
    public void write(Seen seen, Writer to) {
        if (!seen.buckets.isEmpty()) {
            to.count(seen.position);
            seen.buckets.write(to);
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
