package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * Still in the same step of the journey after a time in which most have moved on. Said while the customer is there; over when they
 * move or the run ends; withdrawn when it turns out that they had moved before.
 *
 * <p>Late events: a late move counts in full, as long as the journey takes it: one from before the step they are in by now does not
 * move them.
 *
 * @param step the step that is watched; empty for the time before the first step
 * @param withinMillis how long is usual; {@link Cells#NEVER} waits for ever, to learn it
 */
public record Hesitation(String step, long withinMillis) implements Detector<Hesitation.Seen> {

    public Hesitation {
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("hesitation: a dwell of " + withinMillis + " ms is impossible");
        }
    }

    static final class Seen {
        boolean there;
        long sinceMillis;
        long position;
    }

    @Override
    public BitSet types() {
        return new BitSet();
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {}

    @Override
    public boolean watchesTransitions() {
        return true;
    }

    @Override
    public void transitioned(Seen seen, Transition transition, Moment moment, Verdict verdict) {
        if (seen.there) {
            verdict.refuted(transition.atMillis());
            if (transition.kind() == Transition.Kind.MOVED) {
                verdict.measured(transition.atMillis() - seen.sinceMillis);
            }
        }
        seen.there = !transition.kind().isEnd() && transition.to().equals(step);
        if (seen.there) {
            seen.sinceMillis = transition.atMillis();
            seen.position = moment.position();
        }
        verdict.wakeAt(seen.there && withinMillis != Cells.NEVER ? seen.sinceMillis + withinMillis : Cells.NEVER);
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        verdict.met(seen.sinceMillis + withinMillis, Finding.waited(withinMillis, withinMillis, seen.position));
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return !seen.there;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.there = from.flag();
        if (seen.there) {
            seen.sinceMillis = from.whole();
            seen.position = from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.flag(seen.there);
        if (seen.there) {
            to.whole(seen.sinceMillis).count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(24, 1, 1);
    }
}
