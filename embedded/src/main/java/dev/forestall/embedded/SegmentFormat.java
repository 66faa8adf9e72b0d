package dev.forestall.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How a segment file of the log is written, version 1. Numbers are big-endian.
 *
 * <pre>
 *   header   magic 8 | version 4 | first position 8 | crc 4                                   24 bytes
 *   then frames, each beginning with 16 bytes:
 *   record   crc 4 | length 4, at least 1 | accepted at, millis 8 | the record's bytes
 *   synced   crc 4 | -1 | own offset 8          all before it is durable
 *   sealed   crc 4 | -2 | own offset 8          no record follows; then the index and, ending the file, the tail
 *   index    (position - first position) 4 | offset 4, repeated
 *   tail     records 8 | latest accepted at 8 | offset of sealed 8 | index entries 4 | index crc 4 | magic 4 | crc 4
 * </pre>
 *
 * A crc is the CRC-32C of what follows it in its frame (in header and tail: of what precedes it). That of a record is
 * also mixed with its position, so that a record in the wrong place does not pass. A file may end in zeros, room taken
 * ahead of need: a length of zero means that nothing was written there.
 */
final class SegmentFormat {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 24;
    static final int FRAME_BYTES = 16;
    static final int TAIL_BYTES = 40;
    static final int INDEX_ENTRY_BYTES = 8;
    static final int SYNCED = -1;
    static final int SEALED = -2;

    private static final long HEADER_MAGIC = 0x466f7265_4c6f670aL; // "ForeLog" and a line feed
    private static final int TAIL_MAGIC = 0x466f7265; // "Fore"

    private SegmentFormat() {}

    static ByteBuffer header(long firstPosition) {
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .putLong(HEADER_MAGIC)
                .putInt(VERSION)
                .putLong(firstPosition);
        return header.putInt(crc(header.array(), 0, header.position())).flip();
    }

    static boolean isHeader(ByteBuffer header, long firstPosition) {
        return header.equals(header(firstPosition));
    }

    /** The version an intact header states; 0 if this is no header at all. */
    static int headerVersion(ByteBuffer header) {
        return header.remaining() == HEADER_BYTES && header.getLong(0) == HEADER_MAGIC ? header.getInt(8) : 0;
    }

    /** A frame that holds no record: {@link #SYNCED} or {@link #SEALED}, at an offset of the file. */
    static ByteBuffer mark(int kind, long offset) {
        var mark = ByteBuffer.allocate(FRAME_BYTES).putInt(0).putInt(kind).putLong(offset);
        return mark.putInt(0, crc(mark.array(), 4, FRAME_BYTES - 4)).flip();
    }

    /** True if the buffer holds, at an index, the mark that belongs at an offset of the file. */
    static boolean isMark(ByteBuffer buffer, int index, long offset) {
        var kind = buffer.getInt(index + 4);
        return (kind == SYNCED || kind == SEALED)
                && buffer.getLong(index + 8) == offset
                && buffer.slice(index, FRAME_BYTES).equals(mark(kind, offset));
    }

    /** Mixed into a record's crc. */
    static int crcOfPosition(long position) {
        return Long.hashCode(position);
    }

    /** What stands at the very end of a sealed file. */
    record Tail(long records, long latestMillis, long sealedOffset, int indexEntries, int indexCrc) {

        ByteBuffer written() {
            var tail = ByteBuffer.allocate(TAIL_BYTES)
                    .putLong(records)
                    .putLong(latestMillis)
                    .putLong(sealedOffset)
                    .putInt(indexEntries)
                    .putInt(indexCrc)
                    .putInt(TAIL_MAGIC);
            return tail.putInt(crc(tail.array(), 0, tail.position())).flip();
        }

        /** True if these bytes are the tail of a sealed file of that size. */
        static boolean isTail(ByteBuffer bytes, long fileBytes) {
            if (bytes.remaining() != TAIL_BYTES) {
                return false;
            }
            var tail = read(bytes);
            return bytes.equals(tail.written())
                    && tail.sealedOffset >= HEADER_BYTES
                    && tail.indexEntries >= 0
                    && tail.indexOffset() + (long) tail.indexEntries * INDEX_ENTRY_BYTES + TAIL_BYTES == fileBytes;
        }

        static Tail read(ByteBuffer bytes) {
            return new Tail(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16), bytes.getInt(24), bytes.getInt(28));
        }

        long indexOffset() {
            return sealedOffset + FRAME_BYTES;
        }
    }

    static int crc(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static int crc(ByteBuffer bytes) {
        return crc(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    static boolean isZero(byte[] bytes, int length) {
        return Arrays.mismatch(bytes, 0, length, new byte[length], 0, length) < 0;
    }
}
