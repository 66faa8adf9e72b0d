package dev.forestall.connectors.files;

import java.nio.ByteBuffer;

/** Reads a stretch of the spill, whose entries are in order: a key and some bytes each. */
final class Run {

    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private final Spill spill;
    private final int index;
    private final long end;
    private long place;
    private byte[] buffer;
    private int at;
    private int filled;
    private long key;
    private int from;
    private int to;

    /**
     * @param index its place among the runs: what comes from an earlier one stood earlier in the file
     * @param memory bytes to read at once
     */
    Run(Spill spill, int index, long start, long end, int memory) {
        this.spill = spill;
        this.index = index;
        this.place = start;
        this.end = end;
        this.buffer = new byte[(int) Math.min(memory, Math.max(HEAD, end - start))];
    }

    /** Moves to the next entry; false at the end. */
    boolean next() {
        if (at == filled && place == end) {
            return false;
        }
        need(HEAD);
        ByteBuffer head = ByteBuffer.wrap(buffer, at, HEAD);
        key = head.getLong();
        int length = head.getInt();
        at += HEAD;
        need(length);
        from = at;
        to = at + length;
        at = to;
        return true;
    }

    private void need(int bytes) {
        if (filled - at >= bytes) {
            return;
        }
        byte[] target = bytes <= buffer.length ? buffer : new byte[bytes];
        System.arraycopy(buffer, at, target, 0, filled - at);
        filled -= at;
        at = 0;
        buffer = target;
        int more = (int) Math.min(buffer.length - filled, end - place);
        spill.read(buffer, filled, more, place);
        filled += more;
        place += more;
    }

    int index() {
        return index;
    }

    long key() {
        return key;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}
