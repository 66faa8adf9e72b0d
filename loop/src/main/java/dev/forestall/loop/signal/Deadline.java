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
 * A promised time: missed, moved to later, or coming up. The latest promise counts.
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

    static final class Seen {
        boolean open;
        long dueMillis;
        long position;
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
            verdict.refuted(moment.atMillis());
            seen.open = false;
            verdict.wakeAt(Cells.NEVER);
        }
        if (promised.matches(event, moment)) {
            double due = promise.value(moment);
            if (!Double.isNaN(due)) {
                promised(seen, (long) due, moment, verdict);
            }
        }
    }

    private void promised(Seen seen, long due, Moment moment, Verdict verdict) {
        if (when == When.MOVED && seen.open && due > seen.dueMillis + marginMillis) {
            verdict.met(Finding.waited(due - seen.dueMillis, marginMillis, seen.position, moment.position()));
        }
        verdict.refuted(moment.atMillis());
        seen.open = true;
        seen.dueMillis = due;
        seen.position = moment.position();
        switch (when) {
            case MISSED -> verdict.wakeAt(Math.max(due + marginMillis, moment.atMillis()));
            case COMING_UP -> {
                if (due > moment.atMillis()) {
                    verdict.wakeAt(Math.max(due - marginMillis, moment.atMillis()));
                } else {
                    verdict.wakeAt(Cells.NEVER);
                }
            }
            case MOVED -> verdict.wakeAt(Cells.NEVER);
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        if (when == When.COMING_UP && verdict.isRaised()) {
            verdict.over();
            return;
        }
        boolean missed = when == When.MISSED;
        verdict.met(Finding.waited(Math.abs(moment.atMillis() - seen.dueMillis), marginMillis, seen.position));
        verdict.wakeAt(missed ? Cells.NEVER : seen.dueMillis);
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
        return !seen.open;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.open = from.flag();
        if (seen.open) {
            seen.dueMillis = from.whole();
            seen.position = from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.flag(seen.open);
        if (seen.open) {
            to.whole(seen.dueMillis).count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(26, when == When.MOVED ? 0 : 2, 1);
    }
}
