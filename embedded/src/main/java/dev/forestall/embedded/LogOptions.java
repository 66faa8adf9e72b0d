package dev.forestall.embedded;

/**
 * How a {@link SegmentLog} lays out its files.
 *
 * @param segmentBytes size at which a file is closed and the next begun; retention drops whole files. 4 KiB to 1 GiB. A
 *     file grows beyond it only to hold a single longer record.
 * @param bufferBytes how much is gathered in memory before it is handed to the operating system, 4 KiB to 64 MiB
 */
public record LogOptions(int segmentBytes, int bufferBytes) {

    public LogOptions {
        if (segmentBytes < 4 << 10 || segmentBytes > 1 << 30) {
            throw new IllegalArgumentException("segmentBytes " + segmentBytes + " is outside 4 KiB..1 GiB");
        }
        if (bufferBytes < 4 << 10 || bufferBytes > 64 << 20) {
            throw new IllegalArgumentException("bufferBytes " + bufferBytes + " is outside 4 KiB..64 MiB");
        }
    }

    /** Files of 64 MiB, a buffer of 1 MiB. */
    public static LogOptions defaults() {
        return new LogOptions(64 << 20, 1 << 20);
    }
}
