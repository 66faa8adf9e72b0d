package dev.forestall.loop.signal;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** What a subject remembers of one declared signal: what the detector has seen, and the latest signal raised. */
final class SignalState<C> {

    C seen;
    long raisedAtMillis = Long.MIN_VALUE;
    long raisedPosition;
    int raisedIndex;
    boolean active;
    /** Whether it stands because time passed: then all that happens up to the instant itself speaks against it. */
    boolean byTime;

    private SignalState(C seen) {
        this.seen = seen;
    }

    void forget() {
        raisedAtMillis = Long.MIN_VALUE;
        raisedPosition = 0;
        raisedIndex = 0;
        active = false;
        byTime = false;
    }

    /** Stores a signal's state: 0 when nothing was raised, else 1 (over), 2 (active) or 3 (active because time passed), and
     * the signal; then what was seen. */
    record Store<C>(Memory<C> seen, boolean remembers) implements Memory.Forgetful<SignalState<C>> {

        @Override
        public SignalState<C> fresh() {
            return new SignalState<>(seen.fresh());
        }

        @Override
        public boolean isFresh(SignalState<C> state) {
            return (state.raisedAtMillis == Long.MIN_VALUE || !remembers) && seen.isFresh(state.seen);
        }

        @Override
        public void forget(SignalState<C> state) {
            if (!remembers) {
                state.forget();
            }
        }

        @Override
        public SignalState<C> read(Reader from) {
            return read(from, fresh());
        }

        @Override
        public SignalState<C> read(Reader from, SignalState<C> spare) {
            spare.forget();
            int raised = from.size();
            if (raised > 0) {
                spare.raisedAtMillis = from.whole();
                spare.raisedPosition = from.count();
                spare.raisedIndex = from.size();
                spare.active = raised >= 2;
                spare.byTime = raised == 3;
            }
            spare.seen = seen.read(from, spare.seen);
            return spare;
        }

        @Override
        public void write(SignalState<C> state, Writer to) {
            if (state.raisedAtMillis == Long.MIN_VALUE || !remembers) {
                to.count(0);
            } else {
                to.count(state.active ? state.byTime ? 3 : 2 : 1)
                        .whole(state.raisedAtMillis)
                        .count(state.raisedPosition)
                        .count(state.raisedIndex);
            }
            seen.write(state.seen, to);
        }
    }
}
