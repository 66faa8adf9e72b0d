package dev.forestall.embedded;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Positions;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the log in order, from file to file, never beyond what is durable. */
final class SegmentCursor implements Cursor<InputLog.Entry> {

    private static final int BUFFER_BYTES = 256 << 10;

    private final SegmentLog log;

    /** Position of the record that {@link #next} answers. */
    private long position;

    private @Nullable OpenSegment segment;

    SegmentCursor(SegmentLog log, long from) {
        this.log = log;
        this.position = from;
    }

    @Override
    public boolean hasNext() {
        long end = log.durableEnd();
        if (position < end && Positions.epoch(position) < Positions.epoch(end)) {
            position = log.settled(position);
        }
        return position < end;
    }

    @Override
    public InputLog.Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is durable up to " + position + " only");
        }
        try {
            while (true) {
                var reading = segment == null ? open() : segment;
                var entry = reading.read(log.durable());
                if (entry != null) {
                    position++;
                    return entry;
                }
                segment = null;
                reading.close();
            }
        } catch (IOException e) {
            throw SegmentLog.failed(log.path(), "can't be read at record " + position, e);
        }
    }

    private OpenSegment open() throws IOException {
        var opened = OpenSegment.of(log, position, BUFFER_BYTES);
        segment = opened;
        opened.goTo(position, log.durable());
        return opened;
    }

    @Override
    public void close() {
        try {
            if (segment != null) {
                segment.close();
            }
        } catch (IOException e) {
            throw SegmentLog.failed(log.path(), "can't be closed after reading", e);
        }
    }
}
