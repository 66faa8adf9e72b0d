package dev.forestall.loop.state;

/**
 * The state of one subject where a host keeps it: the bytes of a {@link State} in a room of their own, which are changed in place, so
 * that millions of steps leave nothing behind to be collected. For one thread at a time.
 *
 * <p>Hosts extend it by what else they must know of a subject: one object is one look at memory that is rarely in the cache.
 */
public class Row {

    private static final byte[] NONE = new byte[0];

    /** Arrays take whole words of memory; the last one is ours to use. */
    private static final int WORD = Long.BYTES;

    /** A state that has become shorter by more than this moves into a smaller room. */
    private static final int SPARE = 2 * WORD;

    private byte[] room = NONE;
    private int size;

    /** A copy of the state as it stands. */
    public final State state() {
        return State.of(java.util.Arrays.copyOf(room, size));
    }

    /** Puts another state in its place. */
    public final void set(State state) {
        take(state.bytes(), state.size());
    }

    /** How many bytes the state has; 0 before anything happened. */
    public final int size() {
        return size;
    }

    /** The bytes of the state are the first {@link #size} of these. */
    final byte[] room() {
        return room;
    }

    final byte[] take(byte[] from, int length) {
        int words = length + WORD - 1 & -WORD;
        if (length > room.length || room.length - words > SPARE) {
            room = new byte[words];
        }
        System.arraycopy(from, 0, room, 0, length);
        size = length;
        return room;
    }
}
