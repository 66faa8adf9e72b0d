package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * Something happened, and what should follow did not: X, and no Y up to and including the instant x + within. The latest X restarts
 * the wait. Said of the instant x + within; over when a Y or another X comes; withdrawn when a late Y or X shows that the wait was none.
 * Events at the same instant follow each other in the order of the log.
 *
 * <p>Late events: a late Y counts in full against the wait that is open and the latest signal. A late X starts a wait unless an X or Y
 * that came after it is known; it withdraws a signal that it would have put off.
 *
 * @param after X
 * @param without Y; an event that is both restarts the wait
 * @param withinMillis how long Y may take; {@link Cells#NEVER} waits for ever, to learn how long it usually takes
 */
public record Stall(EventPattern after, EventPattern without, long withinMillis) implements Detector<Stall.Seen> {

    private static final Phase[] PHASES = Phase.values();

    public Stall {
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("stall: a wait of " + withinMillis + " ms is impossible");
        }
    }

    /** What is known of the latest X or Y. */
    enum Phase {
        /** Neither was seen. */
        NONE,
        /** An X, and no Y yet. */
        WAITING,
        /** An X, and no Y within the time. */
        OUT,
        /** A Y. */
        FOLLOWED
    }

    static final class Seen {
        Phase phase = Phase.NONE;
        /** When the X or Y of the phase was. */
        long sinceMillis;
        /** Where the X stands in the log; only while waiting. */
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
        settleRaised(at, starts, verdict);
        if (seen.phase != Phase.NONE && at < seen.sinceMillis || isSameStart(seen, at, starts)) {
            // What came after it is known already.
            return;
        }
        if (seen.phase == Phase.WAITING) {
            verdict.measured(at - seen.sinceMillis);
        }
        seen.phase = starts ? Phase.WAITING : Phase.FOLLOWED;
        seen.sinceMillis = at;
        seen.position = moment.position();
        verdict.wakeAt(starts && withinMillis != Cells.NEVER ? at + withinMillis : Cells.NEVER);
    }

    /** An X at the very instant of the X that was not followed in time: all was said. */
    private static boolean isSameStart(Seen seen, long at, boolean starts) {
        return starts && seen.phase == Phase.OUT && at == seen.sinceMillis;
    }

    /** What this event means for the signal raised before: the end of it, or the proof that it was wrong. */
    private void settleRaised(long at, boolean starts, Verdict verdict) {
        long raisedAt = verdict.raisedAtMillis();
        if (raisedAt == Long.MIN_VALUE) {
            return;
        }
        long waitedSince = raisedAt - withinMillis;
        if (at > raisedAt) {
            verdict.over();
        } else if (at > waitedSince || !starts && at == waitedSince) {
            verdict.disproved();
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        seen.phase = Phase.OUT;
        verdict.met(seen.sinceMillis + withinMillis, Finding.waited(withinMillis, withinMillis, seen.position));
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.phase == Phase.NONE;
    }

    @Override
    public Seen read(Reader from) {
        return read(from, fresh());
    }

    @Override
    public Seen read(Reader from, Seen spare) {
        spare.phase = PHASES[from.size()];
        spare.sinceMillis = spare.phase == Phase.NONE ? 0 : from.whole();
        spare.position = spare.phase == Phase.WAITING ? from.count() : 0;
        return spare;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.count(seen.phase.ordinal());
        if (seen.phase != Phase.NONE) {
            to.whole(seen.sinceMillis);
        }
        if (seen.phase == Phase.WAITING) {
            to.count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(24, 1, 1);
    }
}
