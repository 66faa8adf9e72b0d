package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * Back and forth: the customer has gone back to an earlier step of the same run for the {@code times}-th time. Stands until the run
 * ends.
 *
 * @param times how often, from 1 to {@link #MAX_TIMES}
 */
public record Rework(int times) implements Detector<Rework.Seen> {

    public static final int MAX_TIMES = 100;

    public Rework {
        if (times < 1 || times > MAX_TIMES) {
            throw new IllegalArgumentException("loop: " + times + " times is impossible");
        }
    }

    static final class Seen {
        int returns;
        final Sightings latest = new Sightings();
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
        if (!transition.backwards()) {
            return;
        }
        seen.returns++;
        seen.latest.add(transition.atMillis(), moment.position(), Math.min(times, Finding.MAX_EVIDENCE));
        if (seen.returns >= times) {
            verdict.met(transition.atMillis(), Finding.count(seen.returns, times - 1, seen.latest.evidence()));
        }
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.returns == 0;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.returns = from.size();
        seen.latest.read(from);
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.count(seen.returns);
        seen.latest.write(to);
    }

    @Override
    public Cost cost() {
        return new Cost(12 + 8 * Math.min(times, Finding.MAX_EVIDENCE), 0, 1);
    }
}
