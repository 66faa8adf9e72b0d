package dev.forestall.loop.host;

import dev.forestall.loop.event.Receipt;

/**
 * Where an input came from, exactly enough to find it again.
 *
 * @param source the name of the file or stream, without folders
 * @param ordinal its place in the order in which the source delivers, from 0; after a crash the source is read on from here.
 *     {@link #NONE} when the source cannot be read again
 * @param line the line in the file at which it starts, from 1; 0 when the source has no lines
 * @param mode whether it is news or history
 * @param sentAtMillis when the sender sent it, by the sender's clock, in milliseconds since 1970 UTC; 0 when that is not known
 * @param receivedAtMillis when the host received it, by its own clock; 0 when that is not known
 */
public record Origin(String source, long ordinal, long line, Mode mode, long sentAtMillis, long receivedAtMillis) {

    /** Whether an input is acted on. */
    public enum Mode {
        /** What happened once: an import, a backlog. It is learned from, and nobody is contacted for it. */
        HISTORY,
        /** What is happening now. */
        LIVE
    }

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

    /** Of history, such as a file, of which nothing more is known. */
    public Origin(String source, long ordinal, long line) {
        this(source, ordinal, line, Mode.HISTORY, 0, 0);
    }

    /** The same place, of something that is happening now. */
    public Origin live(long sentMillis, long receivedMillis) {
        return new Origin(source, ordinal, line, Mode.LIVE, sentMillis, receivedMillis);
    }

    /** When it was received, or that it is history: as the loop needs to know it. */
    public Receipt receipt() {
        return mode == Mode.LIVE ? Receipt.live(receivedAtMillis) : Receipt.HISTORY;
    }

    /** Whether the source can be read again from any ordinal. */
    public boolean isReplayable() {
        return ordinal != NONE;
    }
}
