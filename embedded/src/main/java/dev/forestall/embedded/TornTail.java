package dev.forestall.embedded;

import java.nio.file.Path;

/**
 * What opening a log cut off the end of its last file: bytes that a crash left behind and that had not been acknowledged.
 *
 * @param position the log went on from here
 * @param offset where in the file it was cut
 * @param bytes how many bytes were cut off, without the room taken ahead of need
 */
public record TornTail(Path file, long position, long offset, long bytes) {

    @Override
    public String toString() {
        return "%d unacknowledged bytes were cut off %s at byte %d; the log goes on with record %d"
                .formatted(bytes, file, offset, position);
    }
}
