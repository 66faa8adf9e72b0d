package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition becomes true: over events, traits, counters and where the customer stands in a journey. Over when it is certainly
 * false; while it is unknown, nothing changes.
 *
 * <p>After a late event the condition is judged as of now, without that event; only when it is then unknown, because it asks about the
 * event itself, may the late event raise the signal, at its own time. It never ends one: later events have spoken since.
 *
 * @param condition what is to become true
 * @param looksAt the indexes of the event types that can change it
 * @param variables the numbers of the variables in it, which may change by time alone
 */
public record Threshold(Condition condition, BitSet looksAt, List<Integer> variables)
        implements Detector<Threshold.Seen> {

    public Threshold {
        looksAt = (BitSet) looksAt.clone();
        variables = List.copyOf(variables);
    }

    /** Nothing needs remembering: the condition is over what others remember. */
    enum Seen {
        NOTHING
    }

    @Override
    public BitSet types() {
        return (BitSet) looksAt.clone();
    }

    @Override
    public void after(Seen seen, Event event, Moment moment, Verdict verdict) {
        if (moment.isLate()) {
            judgeLate(moment, verdict);
        } else {
            judge(moment, verdict);
        }
    }

    @Override
    public boolean watchesTransitions() {
        return true;
    }

    /** No event of its own ends a run that is abandoned or displaced, so the end itself is the occasion to judge. */
    @Override
    public void transitioned(Seen seen, Transition transition, Moment moment, Verdict verdict) {
        if (transition.kind() == Transition.Kind.ABANDONED || transition.kind() == Transition.Kind.DISPLACED) {
            judge(moment, verdict);
        }
    }

    @Override
    public void due(Seen seen, Moment moment, Verdict verdict) {
        judge(moment, verdict);
    }

    private void judge(Moment moment, Verdict verdict) {
        Truth truth = condition.test(moment);
        if (truth == Truth.TRUE) {
            verdict.met(Finding.condition(moment.position()));
        } else if (truth == Truth.FALSE) {
            verdict.over();
        }
        await(moment, verdict);
    }

    private void judgeLate(Moment moment, Verdict verdict) {
        Truth now = condition.test(new AsOfNow(moment));
        if (now == Truth.TRUE) {
            verdict.met(moment.nowMillis(), Finding.condition(moment.position()));
        } else if (now == Truth.FALSE) {
            verdict.over(moment.nowMillis());
        } else if (condition.holds(moment)) {
            verdict.met(Finding.condition(moment.position()));
        }
        await(moment, verdict);
    }

    private void await(Moment moment, Verdict verdict) {
        long next = Cells.NEVER;
        for (int variable : variables) {
            next = Math.min(next, moment.variable(variable).changesAtMillis(moment));
        }
        verdict.wakeAt(next);
    }

    /** The moment as if no event were happening, at the latest time the subject has seen. */
    private record AsOfNow(Moment moment) implements Scope {

        @Override
        public @Nullable Event event() {
            return null;
        }

        @Override
        public long atMillis() {
            return moment.nowMillis();
        }

        @Override
        public double number(int variable) {
            return moment.number(variable);
        }

        @Override
        public @Nullable String text(int variable) {
            return moment.text(variable);
        }
    }

    @Override
    public Seen fresh() {
        return Seen.NOTHING;
    }

    @Override
    public boolean isFresh(Seen seen) {
        return true;
    }

    @Override
    public Seen read(Reader from) {
        return Seen.NOTHING;
    }

    @Override
    public void write(Seen seen, Writer to) {}

    @Override
    public Cost cost() {
        return new Cost(14, variables.isEmpty() ? 0 : 1, 1 + variables.size());
    }
}
