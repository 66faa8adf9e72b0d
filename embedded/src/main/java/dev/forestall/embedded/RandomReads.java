package dev.forestall.embedded;

import dev.forestall.loop.host.InputLog;
import java.io.IOException;
import java.util.LinkedHashMap;

/**
 * Reads single records wherever they lie. Keeps the files used last open, with their indexes: at most
 * {@value #MAX_OPEN}, which for files of 64 MiB is 2 to 3 MB.
 */
final class RandomReads implements AutoCloseable {

    private static final int MAX_OPEN = 32;
    private static final int BUFFER_BYTES = 2 * SparseIndex.SPACING_BYTES;

    private final SegmentLog log;
    private final LinkedHashMap<Long, OpenSegment> open = new LinkedHashMap<>(MAX_OPEN, 0.75f, true);

    RandomReads(SegmentLog log) {
        this.log = log;
    }

    synchronized InputLog.Entry get(long position) throws IOException {
        return segment(position).get(position, log.durable());
    }

    private OpenSegment segment(long position) throws IOException {
        var first = log.segmentOf(position).first();
        var segment = open.get(first);
        if (segment == null) {
            segment = OpenSegment.of(log, position, BUFFER_BYTES);
            open.put(first, segment);
            if (open.size() > MAX_OPEN) {
                var unused = open.firstEntry();
                open.remove(unused.getKey());
                unused.getValue().close();
            }
        }
        return segment;
    }

    synchronized void forgetBefore(long position) throws IOException {
        for (var each = open.entrySet().iterator(); each.hasNext(); ) {
            var segment = each.next();
            if (segment.getKey() < position) {
                each.remove();
                segment.getValue().close();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (var segment : open.values()) {
            segment.close();
        }
        open.clear();
    }
}
