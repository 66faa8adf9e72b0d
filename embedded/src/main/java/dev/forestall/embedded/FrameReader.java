package dev.forestall.embedded;

import dev.forestall.loop.host.InputLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the frames of one segment file in order and believes none before its crc. For one thread. Not through a channel:
 * an interrupted reader would close that for good.
 */
final class FrameReader implements AutoCloseable {

    /** What stands at the next place of the file. */
    enum Found {
        RECORD,
        SYNCED,
        SEALED,
        /** Nothing was written here. */
        NOTHING,
        /** Something that is no whole frame. */
        BROKEN
    }

    private final RandomAccessFile file;
    private byte[] bytes;
    private ByteBuffer view;

    /** The buffer holds {@code buffered} bytes of the file from here on. */
    private long bufferStart;

    private int buffered;

    private long offset;
    private long position;
    private int recordStart;
    private int recordLength;

    FrameReader(Path path, int bufferBytes) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        bytes = new byte[bufferBytes];
        view = ByteBuffer.wrap(bytes);
    }

    /** Goes to a frame whose place is known. */
    void seek(long toOffset, long toPosition) {
        offset = toOffset;
        position = toPosition;
    }

    /**
     * Reads the next frame and, unless there is none or it is broken, goes behind it.
     *
     * @param limit bytes of the file from here on are not looked at: they may still change
     */
    Found next(long limit) throws IOException {
        if (!buffer(SegmentFormat.FRAME_BYTES, limit)) {
            return restIsZero() ? Found.NOTHING : Found.BROKEN;
        }
        var start = (int) (offset - bufferStart);
        var length = view.getInt(start + 4);
        if (length == 0) {
            return Found.NOTHING;
        }
        if (length < 0) {
            return mark(start, length);
        }
        if (length > InputLog.MAX_RECORD_BYTES || !buffer(SegmentFormat.FRAME_BYTES + length, limit)) {
            return Found.BROKEN;
        }
        return record((int) (offset - bufferStart), length);
    }

    private Found mark(int start, int kind) {
        if (!SegmentFormat.isMark(view, start, offset)) {
            return Found.BROKEN;
        }
        offset += SegmentFormat.FRAME_BYTES;
        return kind == SegmentFormat.SYNCED ? Found.SYNCED : Found.SEALED;
    }

    private Found record(int start, int length) {
        var crc = SegmentFormat.crc(bytes, start + 4, SegmentFormat.FRAME_BYTES - 4 + length);
        if ((crc ^ SegmentFormat.crcOfPosition(position)) != view.getInt(start)) {
            return Found.BROKEN;
        }
        recordStart = start;
        recordLength = length;
        offset += SegmentFormat.FRAME_BYTES + length;
        position++;
        return Found.RECORD;
    }

    /** Offset of the next frame. */
    long offset() {
        return offset;
    }

    /** Position of the next record. */
    long position() {
        return position;
    }

    /** When the record just read was accepted. */
    long atMillis() {
        return view.getLong(recordStart + 8);
    }

    /** The record just read. */
    InputLog.Entry entry() {
        var from = recordStart + SegmentFormat.FRAME_BYTES;
        return new InputLog.Entry(position - 1, atMillis(), Arrays.copyOfRange(bytes, from, from + recordLength));
    }

    /** Sees to it that so many bytes from the offset on are in the buffer; false if the file, or the limit, ends before. */
    private boolean buffer(int wanted, long limit) throws IOException {
        if (offset >= bufferStart && offset + wanted <= bufferStart + buffered) {
            return true;
        }
        if (wanted > bytes.length) {
            bytes = new byte[wanted];
            view = ByteBuffer.wrap(bytes);
        }
        bufferStart = offset;
        buffered = 0;
        file.seek(offset);
        var most = (int) Math.min(bytes.length, Math.max(0, limit - offset));
        while (buffered < most) {
            var read = file.read(bytes, buffered, most - buffered);
            if (read < 0) {
                break;
            }
            buffered += read;
        }
        return buffered >= wanted;
    }

    /** Called when fewer bytes than a frame are left; they are then at the start of the buffer. */
    private boolean restIsZero() {
        return SegmentFormat.isZero(bytes, buffered);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
