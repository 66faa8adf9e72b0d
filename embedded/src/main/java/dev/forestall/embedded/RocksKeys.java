package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.loop.host.StateStore.Wake;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How keys and values are written, version 1. Numbers are big-endian, so that bytes sort as numbers do. A subject's key
 * inside a longer key has each zero byte followed by 255 and ends with two zeros, so that such keys sort by subject first
 * and no subject's entries stand among another's.
 *
 * <p>Subjects and wake-ups have a table per generation: {@code subjects-0}, {@code wakes-0}.
 *
 * <pre>
 *   subjects  key                                     wake-up 8 | state
 *   wakes     instant 8, sign flipped | key           nothing
 *   effects   position 8 | key, ended | index 4       the effect
 *   inputs    key, ended | position 8                 further positions, each as its distance to the one before, varint
 *   nodes     the identifier                          what is remembered of it
 *   default   'p'                                     position 8
 *             'g'                                     number of the live generation 4
 *             'n' | name                              the named value
 * </pre>
 */
final class RocksKeys {

    static final byte[] POSITION = {'p'};
    static final byte[] GENERATION = {'g'};
    static final byte[] NOTHING = {};

    private RocksKeys() {}

    static byte[] named(String name) {
        var bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + bytes.length).put((byte) 'n').put(bytes).array();
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] generation(int generation) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(generation).array();
    }

    static byte[] saved(Saved saved) {
        return ByteBuffer.allocate(Long.BYTES + saved.state().length)
                .putLong(saved.wakeMillis())
                .put(saved.state())
                .array();
    }

    static Saved saved(byte[] value) {
        return new Saved(
                Arrays.copyOfRange(value, Long.BYTES, value.length),
                ByteBuffer.wrap(value).getLong());
    }

    static byte[] wake(long atMillis, byte[] subject) {
        return ByteBuffer.allocate(Long.BYTES + subject.length)
                .putLong(atMillis ^ Long.MIN_VALUE)
                .put(subject)
                .array();
    }

    static Wake wake(byte[] key) {
        return new Wake(
                ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE, Arrays.copyOfRange(key, Long.BYTES, key.length));
    }

    static byte[] effect(long position, byte[] subject, int index) {
        var effects = effects(position, subject);
        return ByteBuffer.allocate(effects.length + Integer.BYTES)
                .put(effects)
                .putInt(index)
                .array();
    }

    /** What the keys of all effects at a position on a subject begin with. */
    static byte[] effects(long position, byte[] subject) {
        var ended = ended(subject);
        return ByteBuffer.allocate(Long.BYTES + ended.length)
                .putLong(position)
                .put(ended)
                .array();
    }

    static Effect effect(byte[] key, byte[] value) {
        var bytes = ByteBuffer.wrap(key);
        var subject = subject(Arrays.copyOfRange(key, Long.BYTES, key.length - Integer.BYTES));
        return new Effect(bytes.getLong(), subject, bytes.getInt(key.length - Integer.BYTES), value);
    }

    static byte[] input(byte[] subject, long position) {
        var ended = ended(subject);
        return ByteBuffer.allocate(ended.length + Long.BYTES)
                .put(ended)
                .putLong(position)
                .array();
    }

    /** All but the first position, which is in the key. */
    static byte[] laterInputs(long[] positions) {
        var bytes = ByteBuffer.allocate((positions.length - 1) * 10);
        for (int i = 1; i < positions.length; i++) {
            var distance = positions[i] - positions[i - 1];
            for (; (distance & ~0x7fL) != 0; distance >>>= 7) {
                bytes.put((byte) (distance | 0x80));
            }
            bytes.put((byte) distance);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static long[] inputs(byte[] key, byte[] value) {
        var positions = new long[1 + value.length];
        positions[0] = ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
        int count = 1;
        for (int at = 0; at < value.length; count++) {
            long distance = 0;
            int shift = 0;
            int part;
            do {
                part = value[at++];
                distance |= (part & 0x7fL) << shift;
                shift += 7;
            } while (part < 0);
            positions[count] = positions[count - 1] + distance;
        }
        return Arrays.copyOf(positions, count);
    }

    static byte[] ended(byte[] subject) {
        int zeros = 0;
        for (var each : subject) {
            zeros += each == 0 ? 1 : 0;
        }
        var ended = new byte[subject.length + zeros + 2];
        int at = 0;
        for (var each : subject) {
            ended[at++] = each;
            if (each == 0) {
                ended[at++] = -1;
            }
        }
        return ended;
    }

    private static byte[] subject(byte[] ended) {
        var subject = new byte[ended.length - 2];
        int length = 0;
        for (int at = 0; at < ended.length - 2; at++) {
            subject[length++] = ended[at];
            if (ended[at] == 0) {
                at++;
            }
        }
        return Arrays.copyOf(subject, length);
    }

    /** The first key behind all that begin with a prefix; empty if there is none. */
    static byte[] behind(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != -1) {
                var behind = Arrays.copyOf(prefix, last + 1);
                behind[last]++;
                return behind;
            }
        }
        return NOTHING;
    }
}
