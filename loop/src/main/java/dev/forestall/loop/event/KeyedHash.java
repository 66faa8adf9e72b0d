package dev.forestall.loop.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * 128 bits that stand for some bytes and that only those can compute who hold a secret: SipHash-2-4 with 128 bits. Immutable.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">J.-P. Aumasson, D. J. Bernstein: SipHash: a fast short-input PRF (2012)</a>
 */
public final class KeyedHash {

    /** How many bytes a secret has, and a hash. */
    public static final int BYTES = 16;

    private final long low;
    private final long high;

    /** @param secret {@value #BYTES} bytes */
    public KeyedHash(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a secret has " + BYTES + " bytes, not " + secret.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(secret).order(ByteOrder.LITTLE_ENDIAN);
        low = bytes.getLong();
        high = bytes.getLong();
    }

    /** The hash as its authors write it. */
    public byte[] of(byte[] bytes) {
        Sip sip = new Sip(low, high);
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (from.remaining() >= Long.BYTES) {
            sip.take(from.getLong());
        }
        long last = (long) bytes.length << 56;
        for (int shift = 0; from.hasRemaining(); shift += 8) {
            last |= (from.get() & 0xffL) << shift;
        }
        sip.take(last);
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sip.end(false))
                .putLong(sip.end(true))
                .array();
    }

    private static final class Sip {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        Sip(long low, long high) {
            v0 = low ^ 0x736f6d6570736575L;
            v1 = high ^ 0x646f72616e646f6dL ^ 0xee;
            v2 = low ^ 0x6c7967656e657261L;
            v3 = high ^ 0x7465646279746573L;
        }

        void take(long word) {
            v3 ^= word;
            rounds(2);
            v0 ^= word;
        }

        long end(boolean isSecondHalf) {
            if (isSecondHalf) {
                v1 ^= 0xdd;
            } else {
                v2 ^= 0xee;
            }
            rounds(4);
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void rounds(int count) {
            for (int i = 0; i < count; i++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
        }
    }
}
