package dev.forestall.loop.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Gives effects the names under which people, shells and other systems know them: sixteen letters and digits, which only grow out of the
 * effect's id together with a secret. Who does not hold the secret can neither guess a customer's key from a name, nor a name from a key.
 * A directory of data has a secret of its own; what is only replayed uses a published one, so that it gives the same names everywhere.
 *
 * <p>The name is 80 bits of SipHash-2-4 (128 bits) over subject, position and index. Immutable.
 */
public final class EffectNames {

    /** Letters and digits that are not taken for each other. */
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    /** How long a name is. */
    public static final int LENGTH = 16;

    /** How many bytes a secret has. */
    public static final int SECRET_BYTES = 16;

    /** For replays and tests: its secret is known to everybody. */
    public static final EffectNames PUBLISHED = of("published secret".getBytes(StandardCharsets.US_ASCII));

    private final long low;
    private final long high;

    private EffectNames(long low, long high) {
        this.low = low;
        this.high = high;
    }

    /** @param secret {@value #SECRET_BYTES} bytes */
    public static EffectNames of(byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the secret of names has " + secret.length + " bytes, expected " + SECRET_BYTES);
        }
        ByteBuffer bytes = ByteBuffer.wrap(secret).order(ByteOrder.LITTLE_ENDIAN);
        return new EffectNames(bytes.getLong(), bytes.getLong());
    }

    public String of(EffectId id) {
        byte[] kind = id.subject().kind().getBytes(StandardCharsets.UTF_8);
        byte[] key = id.subject().key().getBytes(StandardCharsets.UTF_8);
        byte[] hashed = hash(ByteBuffer.allocate(kind.length + key.length + 2 + Long.BYTES + Integer.BYTES)
                .put(kind)
                .put((byte) 0)
                .put(key)
                .put((byte) 0)
                .putLong(id.position())
                .putInt(id.index())
                .array());
        ByteBuffer bits = ByteBuffer.wrap(hashed).order(ByteOrder.LITTLE_ENDIAN);
        long first = bits.getLong();
        long second = bits.getLong();
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            long five = i < 12 ? first >>> i * 5 : second >>> (i - 12) * 5;
            text.append(DIGITS.charAt((int) five & 31));
        }
        return text.toString();
    }

    /** The 128 bits of SipHash-2-4 over some bytes, as its authors write them. */
    byte[] hash(byte[] bytes) {
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
        return ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sip.end(false))
                .putLong(sip.end(true))
                .array();
    }

    /** J.-P. Aumasson, D. J. Bernstein: SipHash: a fast short-input PRF (2012), in the form for 128 bits. */
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
