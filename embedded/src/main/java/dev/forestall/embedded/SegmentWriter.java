package dev.forestall.embedded;

import static dev.forestall.embedded.SegmentFormat.FRAME_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Writes the last file of the log. For one thread. */
final class SegmentWriter implements AutoCloseable {

    /**
     * A sync costs half as much while the file does not grow, so a small sync that made it grow takes this much room ahead.
     * The zeros are what later tells room from records.
     */
    private static final int ROOM_BYTES = 1 << 20;

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(ROOM_BYTES).asReadOnlyBuffer();

    private final Path path;
    private final long first;
    private final DurableFile file;
    private final int segmentBytes;
    private final SparseIndex index;
    private final ByteBuffer buffer;
    private final Runnable beforeWriting;
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
    private final CRC32C crc = new CRC32C();

    private long records;
    private long latestMillis;

    /** What is in the buffer belongs here. */
    private long bufferOffset;

    private long fileBytes;

    private long syncedOffset;

    /** A sync of more than this costs what its bytes cost, and room ahead would make it write nearly everything twice. */
    private final int smallBytes;

    private SegmentWriter(
            Recovery state, DurableFile file, int segmentBytes, ByteBuffer buffer, Runnable beforeWriting) {
        path = state.file();
        first = state.first();
        index = state.index();
        records = state.records();
        latestMillis = state.latestMillis();
        bufferOffset = state.offset();
        fileBytes = state.offset();
        syncedOffset = state.offset();
        this.beforeWriting = beforeWriting;
        this.file = file;
        this.segmentBytes = segmentBytes;
        this.smallBytes = Math.min(segmentBytes, ROOM_BYTES) / 8;
        this.buffer = buffer.clear();
    }

    /** Begins a file under another name, so that whatever has the name of a segment has a whole header. */
    static SegmentWriter create(Folder folder, long first, int segmentBytes, ByteBuffer buffer, Runnable beforeWriting)
            throws IOException {
        var path = Segment.file(folder, first);
        var unnamed = path.resolveSibling(path.getFileName() + SegmentLog.NEW);
        try (var file = DurableFile.create(unnamed)) {
            file.write(SegmentFormat.header(first), 0);
            file.force();
        }
        folder.rename(unnamed, path);
        return resume(Recovery.ofNew(path, first), segmentBytes, buffer, beforeWriting);
    }

    /** Goes on with a file as recovered: cuts it off behind what is kept, and makes that durable. */
    static SegmentWriter resume(Recovery state, int segmentBytes, ByteBuffer buffer, Runnable beforeWriting)
            throws IOException {
        var file = DurableFile.open(state.file());
        try {
            var writer = new SegmentWriter(state, file, segmentBytes, buffer, beforeWriting);
            writer.trim();
            if (!state.marked()) {
                writer.writeMark(SegmentFormat.SYNCED);
            }
            return writer;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    void append(byte[] source, int from, int length, long atMillis) throws IOException {
        index.meet((int) records, offset());
        if (buffer.remaining() < FRAME_BYTES) {
            flush();
        }
        frame.putInt(4, length).putLong(8, atMillis);
        crc.reset();
        crc.update(frame.array(), 4, FRAME_BYTES - 4);
        crc.update(source, from, length);
        frame.putInt(0, (int) crc.getValue() ^ SegmentFormat.crcOfPosition(first + records));
        buffer.put(frame.clear());
        put(source, from, length);
        records++;
        latestMillis = Math.max(latestMillis, atMillis);
    }

    private void put(byte[] source, int from, int length) throws IOException {
        var end = from + length;
        for (int at = from; at < end; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            var part = Math.min(buffer.remaining(), end - at);
            buffer.put(source, at, part);
            at += part;
        }
    }

    /** Hands what is buffered to the operating system. It is not durable by that, but what it is sealed with is. */
    void flush() throws IOException {
        beforeWriting.run();
        var bytes = buffer.position();
        file.write(buffer.flip(), bufferOffset);
        buffer.clear();
        bufferOffset += bytes;
    }

    /** Makes all appended records durable, and says so in the file. */
    void sync() throws IOException {
        flush();
        if (bufferOffset > fileBytes) {
            if (bufferOffset - syncedOffset < smallBytes) {
                takeRoom();
            } else {
                fileBytes = bufferOffset;
            }
        }
        file.force();
        writeMark(SegmentFormat.SYNCED);
        syncedOffset = bufferOffset;
    }

    private void takeRoom() throws IOException {
        var room = (int) Math.clamp(segmentBytes - bufferOffset, 0, ROOM_BYTES);
        file.write(ZEROS.slice(0, room), bufferOffset);
        fileBytes = bufferOffset + room;
    }

    private void writeMark(int kind) throws IOException {
        file.write(SegmentFormat.mark(kind, bufferOffset), bufferOffset);
        bufferOffset += FRAME_BYTES;
    }

    /** Completes the file; no record may follow. All in it has been synced before. */
    Segment.Sealed seal() throws IOException {
        var sealedOffset = bufferOffset;
        var places = index.written();
        var tail =
                new SegmentFormat.Tail(records, latestMillis, sealedOffset, index.entries(), SegmentFormat.crc(places));
        writeMark(SegmentFormat.SEALED);
        file.write(places, bufferOffset);
        bufferOffset = tail.indexOffset() + (long) index.entries() * SegmentFormat.INDEX_ENTRY_BYTES;
        file.write(tail.written(), bufferOffset);
        file.truncate(bufferOffset + SegmentFormat.TAIL_BYTES);
        file.force();
        return new Segment.Sealed(path, first, tail);
    }

    /** Gives back the room that was taken ahead of need. All in the file has been synced before. */
    void trim() throws IOException {
        file.truncate(bufferOffset);
        file.force();
    }

    /** Where the next frame goes. */
    long offset() {
        return bufferOffset + buffer.position();
    }

    long records() {
        return records;
    }

    Segment.Active segment() {
        return new Segment.Active(path, first, index);
    }

    /** Lets go of the file and forgets what is buffered. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
