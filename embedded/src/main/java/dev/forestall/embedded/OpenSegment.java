package dev.forestall.embedded;

import dev.forestall.embedded.FrameReader.Found;
import dev.forestall.loop.host.InputLog;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of the log, open for reading its durable records. For one thread. */
final class OpenSegment implements AutoCloseable {

    private final Segment segment;
    private final FrameReader frames;
    private @Nullable SparseIndex index;

    private OpenSegment(Segment segment, int bufferBytes) throws IOException {
        this.segment = segment;
        frames = new FrameReader(segment.file(), bufferBytes);
    }

    /** Opens the file that holds a record. The next step is to {@link #goTo} it. */
    static OpenSegment of(SegmentLog log, long position, int bufferBytes) throws IOException {
        try {
            return new OpenSegment(log.segmentOf(position), bufferBytes);
        } catch (FileNotFoundException e) {
            if (position < log.start()) {
                throw log.readTooLate(position);
            }
            throw e;
        }
    }

    /** Goes to before a record of this file. */
    void goTo(long position, SegmentLog.Durable durable) throws IOException {
        if (position == segment.first()) {
            frames.seek(SegmentFormat.HEADER_BYTES, position);
            return;
        }
        if (index == null) {
            index = segment.index();
        }
        var place = index.before((int) (position - segment.first()));
        frames.seek(place.offset(), segment.first() + place.delta());
        while (frames.position() < position) {
            if (skip(durable) == Found.SEALED) {
                throw damaged("its records end here, but record %d should be among them".formatted(position));
            }
        }
    }

    InputLog.Entry get(long position, SegmentLog.Durable durable) throws IOException {
        goTo(position, durable);
        var entry = read(durable);
        if (entry == null) {
            throw damaged("its records end here, but one more should be among them");
        }
        return entry;
    }

    /** The next record, which must be durable; null behind the last record of a file. */
    InputLog.@Nullable Entry read(SegmentLog.Durable durable) throws IOException {
        while (true) {
            switch (skip(durable)) {
                case RECORD -> {
                    return frames.entry();
                }
                case SEALED -> {
                    return null;
                }
                case SYNCED, NOTHING, BROKEN -> {}
            }
        }
    }

    private Found skip(SegmentLog.Durable durable) throws IOException {
        var found = frames.next(limit(durable));
        if (found == Found.NOTHING || found == Found.BROKEN) {
            throw damaged("a record was expected here");
        }
        return found;
    }

    /** A file that is no longer written to can be read to its end. */
    private long limit(SegmentLog.Durable durable) {
        return durable.active().first() == segment.first() ? durable.offset() : Long.MAX_VALUE;
    }

    private RuntimeException damaged(String what) {
        return Segment.damage(segment.file(), frames.offset(), frames.position(), what);
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
