package dev.forestall.loop.state;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link Writer} wrote, in the same order. Fails at once on bytes that no writer can have written. */
public final class Reader {

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    public Reader() {}

    public Reader(byte[] bytes) {
        over(bytes, 0, bytes.length);
    }

    /** Starts to read another stretch of bytes. */
    public Reader over(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        return this;
    }

    public boolean hasMore() {
        return at < end;
    }

    int at() {
        return at;
    }

    public long count() {
        return unsigned();
    }

    /** A count that fits an array index. */
    public int size() {
        long value = unsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw broken("size " + value);
        }
        return (int) value;
    }

    public long whole() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    public boolean flag() {
        need(1);
        return bytes[at++] != 0;
    }

    public double number() {
        need(8);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits |= (bytes[at++] & 0xffL) << i * 8;
        }
        return Double.longBitsToDouble(bits);
    }

    public float decimal() {
        need(4);
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            bits |= (bytes[at++] & 0xff) << i * 8;
        }
        return Float.intBitsToFloat(bits);
    }

    public double compactNumber() {
        return flag() ? whole() : number();
    }

    public String text() {
        int length = size();
        if (length == 0) {
            return "";
        }
        need(length);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** The next bytes as they are. */
    public byte[] raw(int length) {
        need(length);
        byte[] raw = java.util.Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return raw;
    }

    /** How many bytes are left. */
    public int left() {
        return end - at;
    }

    /** Copies the next bytes as they are to the beginning of an array. */
    public void raw(byte[] into, int length) {
        need(length);
        System.arraycopy(bytes, at, into, 0, length);
        at += length;
    }

    void skip(int length) {
        need(length);
        at += length;
    }

    private long unsigned() {
        // Most numbers are below 128.
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        return longer();
    }

    private long longer() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a number of more than ten bytes");
    }

    private void need(int more) {
        if (more > end - at) {
            throw broken("the end, " + (more - (end - at)) + " bytes too early");
        }
    }

    private IllegalStateException broken(String found) {
        return new IllegalStateException("state bytes are damaged: found " + found + " at byte " + at + " of " + end);
    }
}
