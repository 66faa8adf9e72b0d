package dev.forestall.loop.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes values compactly, one after the other. {@link Reader} reads them back in the same order. Reusable. */
public final class Writer {

    private byte[] bytes = new byte[256];
    private int size;

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Answers where the row keeps it. */
    byte[] copyTo(Row row) {
        return row.take(bytes, size);
    }

    /** A whole number from 0 up, in one byte up to 127, two up to 16,383 and so on. */
    public Writer count(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a count cannot be " + value);
        }
        return unsigned(value);
    }

    /** Any whole number; short when it is near 0. */
    public Writer whole(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    public Writer flag(boolean value) {
        need(1);
        bytes[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    /** All 64 bits of a decimal number. */
    public Writer number(double value) {
        need(8);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < 8; i++) {
            bytes[size++] = (byte) (bits >>> i * 8);
        }
        return this;
    }

    /** All 32 bits of a decimal number of single precision. */
    public Writer decimal(float value) {
        need(4);
        int bits = Float.floatToIntBits(value);
        for (int i = 0; i < 4; i++) {
            bytes[size++] = (byte) (bits >>> i * 8);
        }
        return this;
    }

    /** A decimal number that is often whole: short when it is. */
    public Writer compactNumber(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 0x1p53 && !isNegativeZero(value);
        flag(isWhole);
        return isWhole ? whole((long) value) : number(value);
    }

    private static boolean isNegativeZero(double value) {
        return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
    }

    public Writer text(String value) {
        int length = value.length();
        need(5 + length);
        int start = size;
        unsigned(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                size = start;
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                unsigned(utf8.length);
                return raw(utf8, 0, utf8.length);
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    public Writer raw(byte[] from, int start, int end) {
        need(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
        return this;
    }

    private Writer unsigned(long value) {
        need(10);
        // Most numbers are below 128.
        if ((value & ~0x7fL) == 0) {
            bytes[size++] = (byte) value;
            return this;
        }
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Appends everything that another writer holds, behind its length. */
    Writer block(Writer other) {
        unsigned(other.size);
        return raw(other.bytes, 0, other.size);
    }

    private void need(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
