package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;

/**
 * The same thing again and again: at least {@code times} matching events within the last {@code within} of event time,
 * (t - within, t]. Over at the instant at which so many of them have left that window that fewer remain; those that remain count on.
 *
 * <p>Late events count as long as they lie in the window that ends now; a window that was full only in the past is not noticed.
 *
 * @param of what is repeated
 * @param times how often, 2 to {@link #MAX_TIMES}
 * @param withinMillis how long the window is
 */
public record Repeat(EventPattern of, int times, long withinMillis) implements Detector<Repeat.Seen> {

    public static final int MAX_TIMES = 100;

    public Repeat {
        if (times < 2 || times > MAX_TIMES || withinMillis <= 0) {
            throw new IllegalArgumentException(
                    "repeat: " + times + " times within " + withinMillis + " ms is impossible");
        }
    }

    /** Of the matching events in the window, the latest {@code times}: enough to know whether there are so many. */
    static final class Seen {
        final Sightings latest = new Sightings();
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
        seen.latest.add(moment.atMillis(), moment.position(), times);
        seen.latest.forgetUpTo(moment.nowMillis() - withinMillis);
        if (seen.latest.size() == times) {
            verdict.met(seen.latest.at(times - 1), Finding.count(times, times - 1, seen.latest.evidence()));
            verdict.wakeAt(verdict.isRaised() ? seen.latest.at(0) + withinMillis : Cells.NEVER);
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        verdict.over();
        seen.latest.forgetUpTo(moment.atMillis() - withinMillis);
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.latest.size() == 0;
    }

    @Override
    public Seen read(Reader from) {
        return read(from, fresh());
    }

    @Override
    public Seen read(Reader from, Seen spare) {
        spare.latest.read(from);
        return spare;
    }

    @Override
    public void write(Seen seen, Writer to) {
        seen.latest.write(to);
    }

    @Override
    public Cost cost() {
        return new Cost(12 + 8 * times, 1, times);
    }
}
