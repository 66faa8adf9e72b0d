package dev.forestall.loop.signal;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import java.util.List;

/**
 * Where a detector says what is so, and where that becomes signals: raised once when the condition becomes true, ended once
 * when it is over, withdrawn when it turns out that it never was.
 */
public final class Verdict {

    private final Moment moment;
    private final List<Signal> signals;

    private final SignalRule<?> rule;
    private final String key;
    private final SignalState<?> state;
    private final Slot<?> slot;

    Verdict(Moment moment, List<Signal> signals, SignalRule<?> rule, String key, SignalState<?> state, Slot<?> slot) {
        this.moment = moment;
        this.signals = signals;
        this.rule = rule;
        this.key = key;
        this.state = state;
        this.slot = slot;
    }

    /** Whether the signal stands: raised, and neither ended nor withdrawn. */
    public boolean isRaised() {
        return state.active;
    }

    /** When the latest signal was raised, whatever became of it; {@link Long#MIN_VALUE} when there was none. */
    public long raisedAtMillis() {
        return state.raisedAtMillis;
    }

    /** The condition holds, at this moment. */
    public void met(Finding finding) {
        met(moment.atMillis(), finding);
    }

    /** The condition has held since an instant. Raises the signal, unless it stands already. */
    public void met(long atMillis, Finding finding) {
        if (state.active) {
            return;
        }
        EffectId id = moment.nextEffect();
        signals.add(new Signal.Raised(id, rule.name(), key, atMillis, finding));
        state.raisedAtMillis = atMillis;
        state.raisedPosition = id.position();
        state.raisedIndex = id.index();
        state.active = !rule.isMomentary();
        state.byTime = state.active && moment.event() == null;
    }

    /** The condition holds no longer, from this moment on. Ends the signal if it stands. */
    public void over() {
        over(moment.atMillis());
    }

    /** The condition holds no longer since an instant. Ends the signal if it stands. */
    public void over(long atMillis) {
        if (state.active) {
            signals.add(
                    new Signal.Ended(moment.nextEffect(), rule.name(), key, atMillis, raised(), state.raisedAtMillis));
            state.active = false;
            state.byTime = false;
        }
    }

    /** The latest signal was wrong: the condition did not hold then. Withdraws it, whether it still stands or not. */
    public void disproved() {
        if (state.raisedAtMillis != Long.MIN_VALUE) {
            signals.add(new Signal.Withdrawn(
                    moment.nextEffect(),
                    rule.name(),
                    key,
                    moment.atMillis(),
                    raised(),
                    state.raisedAtMillis,
                    state.active));
            state.forget();
        }
    }

    /**
     * Something that should hold from an instant on turned out not to: withdraws the signal if that instant is before it was raised, or
     * the very instant of which it was said that nothing had happened until then; else ends it.
     */
    public void refuted(long atMillis) {
        boolean isBefore =
                atMillis < state.raisedAtMillis || atMillis == state.raisedAtMillis && (state.byTime || !state.active);
        if (state.raisedAtMillis != Long.MIN_VALUE && isBefore) {
            disproved();
        } else {
            over();
        }
    }

    /** Asks to be woken at an instant; replaces what was asked before. {@link Cells#NEVER} for not at all. */
    public void wakeAt(long atMillis) {
        moment.cells().wake(slot, key, atMillis);
    }

    /** While baselines are learned: a length of time was observed. */
    public void measured(long millis) {
        if (rule.isLearning()) {
            signals.add(new Signal.Measured(moment.nextEffect(), rule.name(), key, moment.atMillis(), millis));
        }
    }

    /** When it is to be woken, as it was asked last; {@link Cells#NEVER} for not at all. */
    long wakeMillis() {
        return moment.cells().wakeOf(slot, key);
    }

    private EffectId raised() {
        return new EffectId(moment.subject(), state.raisedPosition, state.raisedIndex);
    }
}
