package dev.forestall.embedded;

import dev.forestall.embedded.FrameReader.Found;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * What the last file of a log holds after whatever happened to the process that wrote it. A crash may leave a torn end,
 * and after a loss of power even whole records behind a hole. None of that was acknowledged, and it is cut off. A hole is
 * damage, though, if a {@code synced} or {@code sealed} mark stands behind it: the mark was written only after all before
 * it was durable.
 *
 * @param offset end of what is kept: the next frame goes here
 * @param tornBytes bytes behind it that are cut off, up to the last one that is not zero
 * @param marked true if what is kept ends with a mark
 * @param complete true if the file was sealed and no record may be added
 */
record Recovery(
        Path file,
        long first,
        long records,
        long latestMillis,
        SparseIndex index,
        long offset,
        long tornBytes,
        boolean marked,
        boolean complete) {

    private static final int BUFFER_BYTES = 1 << 20;

    /** A file that holds nothing but its header yet. */
    static Recovery ofNew(Path path, long first) {
        return new Recovery(
                path, first, 0, Long.MIN_VALUE, new SparseIndex(), SegmentFormat.HEADER_BYTES, 0, true, false);
    }

    static Recovery of(Path path, long first) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r");
                var frames = new FrameReader(path, BUFFER_BYTES)) {
            Segment.requireHeader(path, Segment.read(file, 0, SegmentFormat.HEADER_BYTES), first);
            return scan(path, first, file, frames);
        }
    }

    private static Recovery scan(Path path, long first, RandomAccessFile file, FrameReader frames) throws IOException {
        var index = new SparseIndex();
        var latestMillis = Long.MIN_VALUE;
        var marked = false;
        frames.seek(SegmentFormat.HEADER_BYTES, first);
        while (true) {
            var offset = frames.offset();
            var found = frames.next(Long.MAX_VALUE);
            switch (found) {
                case RECORD -> {
                    index.meet((int) (frames.position() - 1 - first), offset);
                    latestMillis = Math.max(latestMillis, frames.atMillis());
                }
                case SYNCED -> {}
                case SEALED, NOTHING, BROKEN -> {
                    var records = frames.position() - first;
                    if (found == Found.SEALED && isTail(file, records, latestMillis, offset)) {
                        return new Recovery(path, first, records, latestMillis, index, offset, 0, true, true);
                    }
                    var torn = tornBytes(file, path, offset, frames.position());
                    return new Recovery(path, first, records, latestMillis, index, offset, torn, marked, false);
                }
            }
            marked = found == Found.SYNCED;
        }
    }

    private static boolean isTail(RandomAccessFile file, long records, long latestMillis, long sealedOffset)
            throws IOException {
        var bytes = Segment.readEnd(file, SegmentFormat.TAIL_BYTES);
        if (!SegmentFormat.Tail.isTail(bytes, file.length())) {
            return false;
        }
        var tail = SegmentFormat.Tail.read(bytes);
        return tail.records() == records && tail.latestMillis() == latestMillis && tail.sealedOffset() == sealedOffset;
    }

    /** Counts what stands behind the last good frame, or throws if a mark proves that there was more of it. */
    private static long tornBytes(RandomAccessFile file, Path path, long from, long position) throws IOException {
        var end = from;
        var start = from;
        while (true) {
            var bytes = Segment.read(file, start, BUFFER_BYTES);
            for (int i = 0; i < bytes.limit(); i++) {
                if (bytes.get(i) != 0) {
                    end = start + i + 1;
                }
                if (start + i > from
                        && i + SegmentFormat.FRAME_BYTES <= bytes.limit()
                        && SegmentFormat.isMark(bytes, i, start + i)) {
                    throw Segment.damage(
                            path,
                            from,
                            position,
                            "a record was expected here, and a mark at byte %d says that it was durable"
                                    .formatted(start + i));
                }
            }
            if (bytes.limit() < BUFFER_BYTES) {
                return end - from;
            }
            start += BUFFER_BYTES - SegmentFormat.FRAME_BYTES + 1;
        }
    }

    /** Position of the next record. */
    long end() {
        return first + records;
    }

    TornTail tornTail() {
        return new TornTail(file, end(), offset, tornBytes);
    }

    /** Only for a complete file. */
    Segment.Sealed sealed() throws IOException {
        return Segment.Sealed.open(file, first);
    }
}
