package dev.forestall.loop.host;

/**
 * Where an input came from, exactly enough to find it again.
 *
 * @param source the name of the file or stream, without folders
 * @param ordinal its place in the order in which the source delivers, from 0; after a crash the source is read on from here.
 *     {@link #NONE} when the source cannot be read again
 * @param line the line in the file at which it starts, from 1; 0 when the source has no lines
 */
public record Origin(String source, long ordinal, long line) {

    /** The ordinal of a record that its sender will not repeat in the same order. */
    public static final long NONE = -1;

    /** A person said so, at this host. */
    public static final Origin BY_HAND = new Origin("by hand", NONE, 0);

    public Origin {
        if (source.isEmpty() || ordinal < NONE || line < 0) {
            throw new IllegalArgumentException(
                    "source '" + source + "', ordinal " + ordinal + ", line " + line + " is no origin");
        }
    }

    /** Whether the source can be read again from any ordinal. */
    public boolean isReplayable() {
        return ordinal != NONE;
    }
}
