package dev.forestall.embedded;

import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One file of the log, as those see it who read it. */
sealed interface Segment {

    /** Twenty digits hold every position, so that names sort as positions do. */
    Pattern NAME = Pattern.compile("(\\d{20})\\.log");

    Path file();

    /** Position of its first record; the file is named by it. */
    long first();

    SparseIndex index() throws IOException;

    static Path file(Folder folder, long first) {
        return folder.path().resolve("%020d.log".formatted(first));
    }

    /** The file still written to. */
    record Active(Path file, long first, SparseIndex index) implements Segment {}

    /** A file that is complete and will not change. */
    record Sealed(Path file, long first, SegmentFormat.Tail tail) implements Segment {

        long end() {
            return first + tail.records();
        }

        /** Checks both ends of a file that must be whole, for another one follows it. */
        static Sealed open(Path path, long first) throws IOException {
            try (var file = new RandomAccessFile(path.toFile(), "r")) {
                requireHeader(path, read(file, 0, SegmentFormat.HEADER_BYTES), first);
                var bytes = file.length();
                var tail = readEnd(file, SegmentFormat.TAIL_BYTES);
                if (!SegmentFormat.Tail.isTail(tail, bytes)) {
                    throw damage(path, bytes, first, "its end is missing or unreadable");
                }
                return new Sealed(path, first, SegmentFormat.Tail.read(tail));
            }
        }

        @Override
        public SparseIndex index() throws IOException {
            try (var open = new RandomAccessFile(file.toFile(), "r")) {
                var bytes = read(open, tail.indexOffset(), tail.indexEntries() * SegmentFormat.INDEX_ENTRY_BYTES);
                if (SegmentFormat.crc(bytes) != tail.indexCrc()) {
                    throw damage(file, tail.indexOffset(), first, "the index at its end is unreadable");
                }
                return SparseIndex.read(bytes);
            }
        }
    }

    static void requireHeader(Path path, ByteBuffer header, long first) {
        if (SegmentFormat.isHeader(header, first)) {
            return;
        }
        var version = SegmentFormat.headerVersion(header);
        if (version > SegmentFormat.VERSION) {
            throw EmbeddedError.FORMAT_UNKNOWN.because(
                    "log file %s is written in format %d; this version of Forestall reads format %d. Start the version that wrote it, or a newer one."
                            .formatted(path, version, SegmentFormat.VERSION));
        }
        throw damage(path, 0, first, "its first bytes are not those of the log file that its name says");
    }

    /** Up to so many bytes of a file, fewer if it ends before. */
    static ByteBuffer read(RandomAccessFile file, long offset, int length) throws IOException {
        var bytes = new byte[(int) Math.min(length, Math.max(0, file.length() - offset))];
        file.seek(offset);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    static ByteBuffer readEnd(RandomAccessFile file, int length) throws IOException {
        return read(file, Math.max(0, file.length() - length), length);
    }

    /** @param position of the first record that can't be read */
    static StorageException damage(Path path, long offset, long position, String what) {
        return EmbeddedError.LOG_DAMAGED.because(
                "log file %s is damaged at byte %d, record %d: %s. These bytes had been made durable, so the disk or somebody else changed them, and nothing was skipped. Restore this file from a backup, or begin with an empty data directory and read the sources again."
                        .formatted(path, offset, position, what));
    }
}
