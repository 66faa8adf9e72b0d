package dev.forestall.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where in a segment some of its records begin: one about every {@value #SPACING_BYTES} bytes, so that any record is
 * found by reading no more than that. Written by one thread, read by any.
 */
final class SparseIndex {

    static final int SPACING_BYTES = 8 << 10;

    private int[] deltas = new int[64];
    private int[] offsets = new int[64];
    private int size;

    /** The next record at or behind this offset is noted. Only the writer looks at it, so that most records cost nothing. */
    private long nextOffset;

    /** @param delta position of the record, less the first position of the segment */
    void meet(int delta, long offset) {
        if (offset >= nextOffset) {
            add(delta, offset);
            nextOffset = offset + SPACING_BYTES;
        }
    }

    private synchronized void add(int delta, long offset) {
        if (size == deltas.length) {
            deltas = Arrays.copyOf(deltas, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        deltas[size] = delta;
        offsets[size] = Math.toIntExact(offset);
        size++;
    }

    /** The last known record at or before one: where to start reading for it. */
    synchronized Place before(int delta) {
        var found = Arrays.binarySearch(deltas, 0, size, delta);
        var at = found >= 0 ? found : -found - 2;
        return new Place(deltas[at], offsets[at]);
    }

    record Place(int delta, int offset) {}

    synchronized int entries() {
        return size;
    }

    synchronized ByteBuffer written() {
        var bytes = ByteBuffer.allocate(size * SegmentFormat.INDEX_ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putInt(deltas[i]).putInt(offsets[i]);
        }
        return bytes.flip();
    }

    static SparseIndex read(ByteBuffer bytes) {
        var index = new SparseIndex();
        index.size = bytes.remaining() / SegmentFormat.INDEX_ENTRY_BYTES;
        index.deltas = new int[index.size];
        index.offsets = new int[index.size];
        for (int i = 0; i < index.size; i++) {
            index.deltas[i] = bytes.getInt();
            index.offsets[i] = bytes.getInt();
        }
        return index;
    }
}
