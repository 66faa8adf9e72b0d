package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.State;
import java.util.Arrays;

/** A subject in memory: its state, and what has changed since the last commit. */
final class Held {

    private static final long[] NONE = new long[0];

    /** The bytes of the state, without the object around them: one look less at memory that is rarely in the cache. */
    private byte[] state = State.EMPTY.bytes();

    long wakeMillis = StateStore.NEVER;
    long committedWakeMillis = StateStore.NEVER;
    /** The earliest wake-up that stands in the partition's queue for this subject. */
    long queuedMillis = StateStore.NEVER;

    boolean isDirty;
    private long[] positions = NONE;
    private int inputs;

    State state() {
        return State.of(state);
    }

    void state(State next) {
        state = next.bytes();
    }

    /** Notes that an input belongs to this subject; once per position. */
    void note(long position) {
        if (inputs > 0 && positions[inputs - 1] == position) {
            return;
        }
        if (inputs == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(2, inputs * 2));
        }
        positions[inputs++] = position;
    }

    /** The positions noted since the last commit, ascending. */
    long[] positions() {
        return Arrays.copyOf(positions, inputs);
    }

    void committed() {
        isDirty = false;
        committedWakeMillis = wakeMillis;
        queuedMillis = StateStore.NEVER;
        positions = NONE;
        inputs = 0;
    }
}
