package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;
import java.util.List;

/**
 * A condition becomes true: over events, traits, counters and where the customer stands in a journey. Over when it is certainly
 * false; while it is unknown, nothing changes.
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
        judge(moment, verdict);
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
        long next = Cells.NEVER;
        for (int variable : variables) {
            next = Math.min(next, moment.variable(variable).changesAtMillis(moment));
        }
        verdict.wakeAt(next);
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
