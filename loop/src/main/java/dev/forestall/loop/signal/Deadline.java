package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * A promised time: missed, moved to later, or coming up. The latest promise counts, by its event's time, then its place in the log.
 *
 * <p>Late events: a late promise or keeping counts in full unless a later promise or keeping is known; one that is older than those
 * changes nothing any more, but withdraws the latest signal when it came between the promise behind that signal and the signal itself.
 * Signals of moved promises are withdrawn by late keepings only.
 *
 * @param promised the events that promise
 * @param promise the promised time, in milliseconds since 1970 UTC, from such an event
 * @param kept the events that keep the promise, or make it void
 * @param when what to say of it
 * @param marginMillis MISSED: the grace after the promised time; MOVED: by more than this; COMING_UP: so long before it
 */
public record Deadline(EventPattern promised, Formula promise, EventPattern kept, When when, long marginMillis)
        implements Detector<Deadline.Seen> {

    /** What is said of a promised time. */
    public enum When {
        /** It has passed and the promise was not kept. Over when it is kept at last, or promised anew. */
        MISSED,
        /** It was promised for later than before. Over at once. */
        MOVED,
        /** It is near and the promise is not kept yet. Over when it is kept, has passed, or is promised anew. */
        COMING_UP
    }

    public Deadline {
        if (marginMillis < 0 || (when == When.COMING_UP && marginMillis == 0)) {
            throw new IllegalArgumentException(
                    "deadline: a margin of " + marginMillis + " ms for " + when + " is impossible");
        }
    }

    /** Times beyond this are no promises but mistakes. */
    private static final double MAX_MILLIS = 0x1p53;

    static final class Seen {
        boolean known;
        /** Whether a promise is to be kept. */
        boolean open;
        /** When the promise was made; when none is open, when the last one was kept. */
        long sinceMillis;

        long dueMillis;
        long position;
        /** When the promise behind the latest signal was made: the first of the two when it was moved. */
        long foundMillis = Long.MAX_VALUE;

        boolean isAfter(long at) {
            return known && at < sinceMillis;
        }
    }

    @Override
    public BitSet types() {
        BitSet types = promised.types();
        types.or(kept.types());
        return types;
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        if (kept.matches(event, moment)) {
            kept(seen, moment, verdict);
        }
        if (promised.matches(event, moment)) {
            double due = promise.value(moment);
            if (Math.abs(due) < MAX_MILLIS) {
                promised(seen, (long) due, moment, verdict);
            }
        }
    }

    private void kept(Seen seen, Moment moment, Verdict verdict) {
        if (seen.isAfter(moment.atMillis())) {
            disproveOlder(seen, moment, verdict);
            return;
        }
        if (when != When.MOVED) {
            verdict.refuted(moment.atMillis());
        }
        seen.known = true;
        seen.open = false;
        seen.sinceMillis = moment.atMillis();
        verdict.wakeAt(Cells.NEVER);
    }

    private void promised(Seen seen, long due, Moment moment, Verdict verdict) {
        if (seen.isAfter(moment.atMillis())) {
            if (when != When.MOVED) {
                disproveOlder(seen, moment, verdict);
            }
            return;
        }
        if (when != When.MOVED) {
            verdict.refuted(moment.atMillis());
        } else if (seen.open && due > seen.dueMillis + marginMillis) {
            verdict.met(Finding.waited(due - seen.dueMillis, marginMillis, seen.position, moment.position()));
            seen.foundMillis = seen.sinceMillis;
        }
        seen.known = true;
        seen.open = true;
        seen.sinceMillis = moment.atMillis();
        seen.dueMillis = due;
        seen.position = moment.position();
        verdict.wakeAt(wake(seen));
    }

    private long wake(Seen seen) {
        return switch (when) {
            case MISSED -> Math.max(seen.dueMillis + marginMillis, seen.sinceMillis);
            case COMING_UP ->
                seen.dueMillis > seen.sinceMillis
                        ? Math.max(seen.dueMillis - marginMillis, seen.sinceMillis)
                        : Cells.NEVER;
            case MOVED -> Cells.NEVER;
        };
    }

    /** A late event from before the latest promise or keeping: it can only concern a signal of an earlier promise. */
    private static void disproveOlder(Seen seen, Moment moment, Verdict verdict) {
        if (moment.atMillis() >= seen.foundMillis && moment.atMillis() <= verdict.raisedAtMillis()) {
            verdict.disproved();
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        boolean comingUp = when == When.COMING_UP;
        if (comingUp && moment.atMillis() >= seen.dueMillis) {
            verdict.over();
            return;
        }
        verdict.met(Finding.waited(Math.abs(moment.atMillis() - seen.dueMillis), marginMillis, seen.position));
        seen.foundMillis = seen.sinceMillis;
        verdict.wakeAt(comingUp ? seen.dueMillis : Cells.NEVER);
    }

    @Override
    public boolean isMomentary() {
        return when == When.MOVED;
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return !seen.known;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.known = from.flag();
        if (seen.known) {
            seen.sinceMillis = from.whole();
            seen.open = from.flag();
            seen.foundMillis = from.flag() ? seen.sinceMillis - from.count() : Long.MAX_VALUE;
        }
        if (seen.open) {
            seen.dueMillis = seen.sinceMillis + from.whole();
            seen.position = from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.flag(seen.known);
        if (seen.known) {
            boolean found = seen.foundMillis != Long.MAX_VALUE;
            to.whole(seen.sinceMillis).flag(seen.open).flag(found);
            if (found) {
                to.count(seen.sinceMillis - seen.foundMillis);
            }
        }
        if (seen.open) {
            to.whole(seen.dueMillis - seen.sinceMillis).count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(31, when == When.MOVED ? 0 : 2, 1);
    }
}
