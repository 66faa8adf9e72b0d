package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Events in an order, with nothing forbidden in between, within a time of the first: A, not B, then C, all up to and including the
 * instant a + within. Events at the same instant follow each other in the order of the log; one event stands for one part only.
 *
 * <p>One match is open at a time. Other events in between do not matter. An A after an A starts again as long as nothing further has
 * matched. A forbidden event breaks the match. When something is forbidden behind the last part, the sequence is complete when the
 * time has run out without it; it is withdrawn when a late event shows that it did happen.
 *
 * <p>Late events count in full as long as nothing that came after them has played a part. Of others only those matter that are
 * forbidden: they break the match that waits for the next part, or withdraw the latest signal that came of their absence.
 *
 * @param parts in order; the first is not forbidden
 * @param withinMillis how long the whole may take
 */
public record Sequence(List<Part> parts, long withinMillis) implements Detector<Sequence.Seen> {

    public static final int MAX_PARTS = 16;

    /**
     * One event of the sequence.
     *
     * @param of which events
     * @param forbidden whether it must not happen between its neighbours
     */
    public record Part(EventPattern of, boolean forbidden) {}

    public Sequence {
        parts = List.copyOf(parts);
        if (parts.size() < 2 || parts.size() > MAX_PARTS || parts.getFirst().forbidden() || withinMillis <= 0) {
            throw new IllegalArgumentException("sequence: needs 2 to " + MAX_PARTS
                    + " parts, the first not forbidden, and a time; got " + parts + " within " + withinMillis + " ms");
        }
    }

    static final class Seen {
        /** The place of the next part to come that is not forbidden; 0 when no match is open; size when only time is awaited. */
        int next;

        final Sightings matched = new Sightings();
        /** When the latest event came that plays a part, forbidden or not. */
        long latestMillis = Long.MIN_VALUE;
        /** Of the latest match that absence completed: when its last event came, and when the time ran out. */
        long absentSinceMillis;

        long absentUntilMillis = Long.MIN_VALUE;
    }

    @Override
    public BitSet types() {
        BitSet types = new BitSet();
        parts.forEach(part -> types.or(part.of().types()));
        return types;
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        if (!plays(event, moment)) {
            return;
        }
        long at = moment.atMillis();
        if (at <= seen.absentUntilMillis && !isDisproof(seen, event, moment, verdict)) {
            // It falls into the time of a match that is complete.
            seen.latestMillis = Math.max(seen.latestMillis, at);
            return;
        }
        if (at < seen.latestMillis) {
            if (seen.next > 0 && at >= seen.matched.at(seen.matched.size() - 1) && breaks(seen.next, event, moment)) {
                forget(seen, verdict);
            }
            return;
        }
        seen.latestMillis = at;
        if (seen.next > 0 && at > seen.matched.at(0) + withinMillis) {
            forget(seen, verdict);
        }
        if (seen.next > 0 && breaks(seen.next, event, moment)) {
            forget(seen, verdict);
        }
        boolean advances = seen.next < parts.size() && parts.get(seen.next).of().matches(event, moment);
        if (advances) {
            advance(seen, at, moment, verdict);
        } else if (seen.matched.size() == 1 && parts.getFirst().of().matches(event, moment)) {
            forget(seen, verdict);
            advance(seen, at, moment, verdict);
        }
    }

    private boolean plays(Event event, Moment moment) {
        for (Part part : parts) {
            if (part.of().matches(event, moment)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A late event from the time of a match that absence completed disproves it when it is the absent one, or the only other part,
     * which starts the wait again.
     */
    private boolean isDisproof(Seen seen, Event event, Moment moment, Verdict verdict) {
        long at = moment.atMillis();
        boolean restarts = firstAfter(1) == parts.size()
                && at > seen.absentSinceMillis
                && at >= seen.latestMillis
                && parts.getFirst().of().matches(event, moment);
        if (restarts || at >= seen.absentSinceMillis && breaks(parts.size(), event, moment)) {
            seen.absentUntilMillis = Long.MIN_VALUE;
            verdict.disproved();
            return true;
        }
        return false;
    }

    private boolean completesByAbsence() {
        return parts.getLast().forbidden();
    }

    /** The place of the first part behind a place that is not forbidden; size when there is none. */
    private int firstAfter(int place) {
        int next = place;
        while (next < parts.size() && parts.get(next).forbidden()) {
            next++;
        }
        return next;
    }

    private void advance(Seen seen, long at, Moment moment, Verdict verdict) {
        seen.matched.add(at, moment.position(), parts.size());
        seen.next = firstAfter(seen.next + 1);
        boolean complete = seen.next == parts.size();
        if (complete && completesByAbsence()) {
            verdict.wakeAt(seen.matched.at(0) + withinMillis);
        } else if (complete) {
            verdict.met(Finding.waited(at - seen.matched.at(0), withinMillis, seen.matched.evidence()));
            forget(seen, verdict);
        }
    }

    private static void forget(Seen seen, Verdict verdict) {
        seen.next = 0;
        seen.matched.clear();
        verdict.wakeAt(Cells.NEVER);
    }

    /** Whether an event is forbidden while the part at {@code next} is awaited. */
    private boolean breaks(int next, Event event, Moment moment) {
        for (int i = next - 1; i > 0 && parts.get(i).forbidden(); i--) {
            if (parts.get(i).of().matches(event, moment)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        verdict.met(
                seen.matched.at(0) + withinMillis, Finding.waited(withinMillis, withinMillis, seen.matched.evidence()));
        seen.absentSinceMillis = seen.matched.at(seen.matched.size() - 1);
        seen.absentUntilMillis = seen.matched.at(0) + withinMillis;
        forget(seen, verdict);
    }

    @Override
    public boolean isMomentary() {
        return true;
    }

    @Override
    public Seen fresh() {
        return new Seen();
    }

    @Override
    public boolean isFresh(Seen seen) {
        return seen.latestMillis == Long.MIN_VALUE;
    }

    @Override
    public Seen read(Reader from) {
        Seen seen = new Seen();
        seen.next = from.size();
        seen.matched.read(from);
        seen.latestMillis = from.whole();
        if (completesByAbsence() && from.flag()) {
            seen.absentSinceMillis = from.whole();
            seen.absentUntilMillis = seen.absentSinceMillis + from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.count(seen.next);
        seen.matched.write(to);
        to.whole(seen.latestMillis);
        if (completesByAbsence()) {
            boolean known = seen.absentUntilMillis != Long.MIN_VALUE;
            to.flag(known);
            if (known) {
                to.whole(seen.absentSinceMillis).count(seen.absentUntilMillis - seen.absentSinceMillis);
            }
        }
    }

    @Override
    public Cost cost() {
        return new Cost(18 + 8 * parts.size(), completesByAbsence() ? 1 : 0, parts.size());
    }

    /** The parts whose absence is waited for and those waited for, for people. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        parts.forEach(part -> words.add((part.forbidden() ? "not " : "") + part.of()));
        return "sequence" + words;
    }
}
