package dev.forestall.loop.state;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * All that one subject remembers, as bytes. Immutable. Equal states are equal bytes.
 *
 * <p>A state is a cache of its subject's log: it can always be computed again. {@link Cells} reads and writes the format.
 */
public final class State {

    /** A subject that nothing has happened to yet. */
    public static final State EMPTY = new State(new byte[0]);

    private final byte[] bytes;

    private State(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over; the caller must not change it any more. */
    public static State of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new State(bytes);
    }

    /** The bytes themselves, not a copy; they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state && Arrays.equals(bytes, state.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "State(" + HexFormat.of().formatHex(bytes) + ")";
    }
}
