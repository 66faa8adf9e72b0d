package dev.forestall.loop.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives effects the names under which people, shells and other systems know them: sixteen letters and digits, which only grow out of the
 * effect's id together with a secret. Who does not hold the secret can neither guess a customer's key from a name, nor a name from a key.
 * A directory of data has a secret of its own; what is only replayed uses a published one, so that it gives the same names everywhere.
 *
 * <p>The name is 80 bits of a {@link KeyedHash} over subject, position and index. Immutable.
 */
public final class EffectNames {

    /** Letters and digits that are not taken for each other. */
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    /** How long a name is. */
    public static final int LENGTH = 16;

    /** For replays and tests: its secret is known to everybody. */
    public static final EffectNames PUBLISHED = of(publishedSecret());

    /** By the position from which on it holds. */
    private final NavigableMap<Long, Secret> secrets;

    /** Null where names are those that {@link EffectId#toString} gives to everybody. */
    private record Secret(@Nullable KeyedHash hash) {

        static Secret of(byte[] secret) {
            return new Secret(Arrays.equals(secret, publishedSecret()) ? null : new KeyedHash(secret));
        }
    }

    private EffectNames(NavigableMap<Long, Secret> secrets) {
        this.secrets = secrets;
    }

    /** @param secret {@value KeyedHash#BYTES} bytes */
    public static EffectNames of(byte[] secret) {
        return new EffectNames(new TreeMap<>(Map.of(0L, Secret.of(secret))));
    }

    /**
     * The same for what has been, and other ones from a position on: so that what two hosts make of one backup, each on its own, never bears
     * one name.
     *
     * @param secret {@value KeyedHash#BYTES} bytes
     */
    public EffectNames from(long position, byte[] secret) {
        NavigableMap<Long, Secret> more = new TreeMap<>(secrets);
        more.put(position, Secret.of(secret));
        return new EffectNames(more);
    }

    /** The secret that everybody knows. */
    public static byte[] publishedSecret() {
        return "published secret".getBytes(StandardCharsets.US_ASCII);
    }

    /** The name of an effect: {@value #LENGTH} letters and digits. */
    public String of(EffectId id) {
        KeyedHash hash = secrets.floorEntry(id.position()).getValue().hash;
        return hash == null ? id.toString() : of(id, hash);
    }

    private static String of(EffectId id, KeyedHash hash) {
        byte[] kind = id.subject().kind().getBytes(StandardCharsets.UTF_8);
        byte[] key = id.subject().key().getBytes(StandardCharsets.UTF_8);
        byte[] hashed = hash.of(ByteBuffer.allocate(kind.length + key.length + 2 + Long.BYTES + Integer.BYTES)
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
}
