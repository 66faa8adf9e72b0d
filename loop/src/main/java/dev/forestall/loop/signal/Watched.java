package dev.forestall.loop.signal;

import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** What a subject remembers of one declared signal: what the detector has seen, and the latest signal raised. */
final class Watched<C> {

    C seen;
    long raisedAtMillis = Long.MIN_VALUE;
    long raisedPosition;
    int raisedIndex;
    boolean standing;
    /** Whether it stands because time passed: then all that happens up to the instant itself speaks against it. */
    boolean byTime;

    private Watched(C seen) {
        this.seen = seen;
    }

    void forget() {
        raisedAtMillis = Long.MIN_VALUE;
        raisedPosition = 0;
        raisedIndex = 0;
        standing = false;
        byTime = false;
    }

    /** Stores a watched cell: 0 when nothing was raised, else 1 (over), 2 (standing) or 3 (standing because time passed), and
     * the signal; then what was seen. */
    record Store<C>(Memory<C> seen, boolean remembers) implements Memory.Forgetful<Watched<C>> {

        @Override
        public Watched<C> fresh() {
            return new Watched<>(seen.fresh());
        }

        @Override
        public boolean isFresh(Watched<C> watched) {
            return (watched.raisedAtMillis == Long.MIN_VALUE || !remembers) && seen.isFresh(watched.seen);
        }

        @Override
        public void forget(Watched<C> watched) {
            if (!remembers) {
                watched.forget();
            }
        }

        @Override
        public Watched<C> read(Reader from) {
            return read(from, fresh());
        }

        @Override
        public Watched<C> read(Reader from, Watched<C> spare) {
            spare.forget();
            int raised = from.size();
            if (raised > 0) {
                spare.raisedAtMillis = from.whole();
                spare.raisedPosition = from.count();
                spare.raisedIndex = from.size();
                spare.standing = raised >= 2;
                spare.byTime = raised == 3;
            }
            spare.seen = seen.read(from, spare.seen);
            return spare;
        }

        @Override
        public void write(Watched<C> watched, Writer to) {
            if (watched.raisedAtMillis == Long.MIN_VALUE || !remembers) {
                to.count(0);
            } else {
                to.count(watched.standing ? watched.byTime ? 3 : 2 : 1)
                        .whole(watched.raisedAtMillis)
                        .count(watched.raisedPosition)
                        .count(watched.raisedIndex);
            }
            seen.write(watched.seen, to);
        }
    }
}
