package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;

/** One record of a file, at its place in the order of delivery. */
public sealed interface FileRecord {

    /** The file, the place in the order of delivery and the line at which the record starts. */
    Origin origin();

    /** Where in the file the record starts, in bytes after decompression; {@link #NO_OFFSET} in XES. */
    long offset();

    /** What the log keeps of it. */
    Logged logged();

    /** The place in bytes is not known. */
    long NO_OFFSET = -1;

    /** A record that is an event. */
    record Arrived(Origin origin, long offset, Event event) implements FileRecord {
        @Override
        public Logged logged() {
            return new Logged.Arrived(origin, event);
        }
    }

    /**
     * A record that cannot be used.
     *
     * @param raw as it stands in the file, cut when very long; may hold personal data
     * @param form how {@code raw} is to be read
     */
    record Rejection(Origin origin, long offset, Rejected rejected, String raw, Form form) implements FileRecord {
        @Override
        public Logged logged() {
            return new Logged.Rejection(origin, rejected, raw);
        }
    }
}
