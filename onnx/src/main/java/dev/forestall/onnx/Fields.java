package dev.forestall.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Walks through the fields of one message in the wire format of protocol buffers, in order. For one thread. */
final class Fields {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int number;
    private int wire;

    Fields(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Fields(byte[] bytes, int begin, int end) {
        this.bytes = bytes;
        this.at = begin;
        this.end = end;
    }

    boolean next() {
        if (at == end) {
            return false;
        }
        long tag = varint();
        wire = (int) (tag & 7);
        number = (int) (tag >>> 3);
        if (number <= 0 || tag >>> 3 > 0x1fff_ffff) {
            throw malformed();
        }
        return true;
    }

    int number() {
        return number;
    }

    Fields message() {
        int begin = bytes();
        return new Fields(bytes, begin, at);
    }

    String text() {
        int begin = bytes();
        return new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
    }

    long whole() {
        if (wire != VARINT) {
            throw malformed();
        }
        return varint();
    }

    /** A list of whole numbers, or a part of it: packed or each by itself. */
    List<Long> wholes() {
        if (wire == VARINT) {
            return List.of(varint());
        }
        Fields packed = message();
        List<Long> all = new ArrayList<>();
        while (packed.at < packed.end) {
            all.add(packed.varint());
        }
        return all;
    }

    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED_64 -> go(8);
            case BYTES -> bytes();
            case FIXED_32 -> go(4);
            // Groups were given up before ONNX was made.
            default -> throw malformed();
        }
    }

    /** Where the bytes of this field begin; afterwards {@link #at} is where they end. */
    private int bytes() {
        if (wire != BYTES) {
            throw malformed();
        }
        long length = varint();
        int begin = at;
        go(length);
        return begin;
    }

    private void go(long length) {
        if (length < 0 || length > end - at) {
            throw malformed();
        }
        at += (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw malformed();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    Malformed malformed() {
        return new Malformed(at);
    }

    /** These bytes are no message. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int at;

        Malformed(int at) {
            super("malformed at byte " + at);
            this.at = at;
        }

        int at() {
            return at;
        }
    }
}
