package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.report.ReportEvents;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;
import java.util.List;

/**
 * Left the journey midway: by an event that ends it badly, or by silence of some length while it is open. An exit by silence is
 * over when the customer comes back or the run ends; it is withdrawn when a late event shows that they were not silent. Who has left by
 * silence does not leave again by an event that ends the run.
 *
 * <p>Late events: one inside the silence behind the latest signal withdraws it; the silence that begins with it is judged as long as no
 * later event is known. A late event before the last known one changes nothing.
 *
 * @param steps the steps that count; none for any
 * @param silenceMillis how long without any event of the run counts as having left; 0 when only explicit ends count
 * @param allTypes the indexes of all event types of which any breaks the silence: what is only done to the customer does not
 */
public record Exit(List<String> steps, long silenceMillis, BitSet allTypes) implements Detector<Exit.Seen> {

    public Exit {
        steps = List.copyOf(steps);
        if (silenceMillis < 0) {
            throw new IllegalArgumentException("exit: a silence of " + silenceMillis + " ms is impossible");
        }
    }

    /** For the events of a tracking plan. */
    public static Exit of(List<String> steps, long silenceMillis, TrackingPlan plan) {
        BitSet all = new BitSet();
        if (silenceMillis > 0) {
            plan.types().stream()
                    .filter(type -> !ReportEvents.isSilent(type.name()))
                    .forEach(type -> all.set(type.index()));
        }
        return new Exit(steps, silenceMillis, all);
    }

    static final class Seen {
        boolean there;
        /** The run has ended with this very event: what remains of it is dropped. Not stored. */
        boolean ended;

        long lastMillis;
        long position;
    }

    @Override
    public BitSet types() {
        return (BitSet) allTypes.clone();
    }

    @Override
    public boolean watchesTransitions() {
        return true;
    }

    @Override
    public void transitioned(Seen seen, Transition transition, Moment moment, Verdict verdict) {
        if (verdict.isRaised() && transition.kind().isEnd() && transition.atMillis() <= verdict.raisedAtMillis()) {
            // They had left already when they seemed to fall silent.
            verdict.disproved();
        }
        if (transition.kind().isBadEnd() && counts(transition.from())) {
            verdict.met(transition.atMillis(), Finding.lasted(transition.dwellMillis(), moment.position()));
        }
        boolean there = !transition.kind().isEnd() && counts(transition.to());
        if (there && !seen.there) {
            seen.lastMillis = transition.atMillis();
            seen.position = moment.position();
        }
        if (!there && !transition.kind().isEnd() && seen.there) {
            verdict.refuted(transition.atMillis());
        }
        seen.there = there;
        seen.ended = transition.kind().isEnd();
        await(seen, verdict);
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        if (seen.ended) {
            return;
        }
        settleRaised(moment.atMillis(), verdict);
        if (!seen.there) {
            return;
        }
        if (moment.atMillis() >= seen.lastMillis) {
            seen.lastMillis = moment.atMillis();
            seen.position = moment.position();
        }
        await(seen, verdict);
    }

    /** What an event means for the silence raised before: the end of it, or the proof that there was none. */
    private void settleRaised(long at, Verdict verdict) {
        long raisedAt = verdict.raisedAtMillis();
        if (raisedAt != Long.MIN_VALUE && at > raisedAt - silenceMillis) {
            verdict.refuted(at);
        }
    }

    private void await(Seen seen, Verdict verdict) {
        boolean waits = seen.there && silenceMillis > 0 && !verdict.isRaised();
        verdict.wakeAt(waits ? seen.lastMillis + silenceMillis : Cells.NEVER);
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        verdict.met(seen.lastMillis + silenceMillis, Finding.waited(silenceMillis, silenceMillis, seen.position));
    }

    private boolean counts(String step) {
        return steps.isEmpty() || steps.contains(step);
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
            seen.lastMillis = from.whole();
            seen.position = from.count();
        }
        return seen;
    }

    @Override
    public void write(Seen seen, Writer to) {
        to.flag(seen.there);
        if (seen.there) {
            to.whole(seen.lastMillis).count(seen.position);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(24, silenceMillis > 0 ? 1 : 0, 1);
    }
}
