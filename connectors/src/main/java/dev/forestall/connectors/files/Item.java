package dev.forestall.connectors.files;

import dev.forestall.loop.host.Origin;

/**
 * A record that counts, before it has its place in the order of delivery.
 *
 * @param reading an event or a rejection
 * @param line at which it starts
 * @param offset in bytes
 * @param raw of a rejected record as it stands in the file; else empty
 * @param form of {@code raw}
 */
record Item(Reading reading, long line, long offset, String raw, Form form) {

    /** The record at its place in the order of delivery. */
    FileRecord at(String source, long ordinal) {
        Origin origin = new Origin(source, ordinal, line);
        return switch (reading) {
            case Reading.Good good -> new FileRecord.Arrived(origin, offset, good.event());
            case Reading.Bad bad -> new FileRecord.Rejection(origin, offset, bad.rejected(), raw, form);
            case Reading.Ignored ignored -> throw new IllegalStateException("ignored records are not delivered");
        };
    }
}
