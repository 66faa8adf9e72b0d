package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * Something happened, and what should follow did not: X, and no Y in (x, x + within]. The latest X restarts the wait. Said of the
 * instant x + within; over when a Y or another X comes; withdrawn when a late Y or X shows that the wait was none.
 *
 * @param after X
 * @param without Y; an event that is both restarts the wait
 * @param withinMillis how long Y may take; {@link Cells#NEVER} waits for ever, to learn how long it usually takes
 */
public record Stall(EventPattern after, EventPattern without, long withinMillis) implements Detector<Stall.Seen> {

    public Stall {
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("stall: a wait of " + withinMillis + " ms is impossible");
        }
    }

    static final class Seen {
        boolean waiting;
        long sinceMillis;
        long position;
    }

    @Override
    public BitSet types() {
        BitSet types = after.types();
        types.or(without.types());
        return types;
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        boolean starts = after.matches(event, moment);
        boolean ends = without.matches(event, moment);
        if (!starts && !ends) {
            return;
        }
        long at = moment.atMillis();
        boolean stood = verdict.isRaised();
        settleRaised(at, verdict);
        if (seen.waiting && at < seen.sinceMillis) {
            // Older than the wait it might start or end: the later X stands.
            return;
        }
        if (seen.waiting) {
            verdict.measured(at - seen.sinceMillis);
        }
        if (starts && (!moment.isLate() || seen.waiting || stood)) {
            seen.waiting = true;
            seen.sinceMillis = at;
            seen.position = moment.position();
            verdict.wakeAt(withinMillis == Cells.NEVER ? Cells.NEVER : at + withinMillis);
        } else if (ends) {
            seen.waiting = false;
            verdict.wakeAt(Cells.NEVER);
        }
    }

    /** What this event means for the signal raised before: the end of it, or the proof that it was wrong. */
    private void settleRaised(long at, Verdict verdict) {
        long raisedAt = verdict.raisedAtMillis();
        if (raisedAt == Long.MIN_VALUE) {
            return;
        }
        if (at > raisedAt) {
            verdict.over();
        } else if (at > raisedAt - withinMillis) {
            verdict.disproved();
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        seen.waiting = false;
        verdict.met(seen.sinceMillis + withinMillis, Finding.waited(withinMillis, withinMillis, seen.position));
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return !seen.waiting;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.waiting = from.flag();
        if (seen.waiting) {
            seen.sinceMillis = from.whole();
            seen.position = from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.flag(seen.waiting);
        if (seen.waiting) {
            to.whole(seen.sinceMillis).count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(24, 1, 1);
    }
}
