package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Subjects as keys of the store: kind, a zero byte, key; so that subjects of a kind lie together. */
final class Keys {

    /** Not subjects, but written like some: no kind of a pack has a colon. */
    private static final String FILED = "customer:filed";

    private static final String WOKEN = "customer:woken";
    private static final String HINDSIGHT = ":hindsight";
    private static final byte[] HINDSIGHT_ENDING = prefix(HINDSIGHT);
    private static final byte[] TOMBSTONE_PREFIX = prefix(Tombstone.SUBJECT_KIND);

    /** Under which it is noted where time passed for everyone. */
    static final SubjectId TICKS = new SubjectId("time:ticks", "all");

    private Keys() {}

    /** Under which inputs are noted that carry a name of a customer, whoever bears it by now. */
    static SubjectId filed(SubjectId name) {
        return new SubjectId(FILED, name.key());
    }

    /** Under which the ticks are noted at which something was said of a customer just because time passed. */
    static SubjectId woken(SubjectId name) {
        return new SubjectId(WOKEN, name.key());
    }

    /** Under which it is noted what was found in hindsight about a subject. */
    static SubjectId hindsight(SubjectId subject) {
        return new SubjectId(subject.kind() + HINDSIGHT, subject.key());
    }

    static boolean isHindsight(byte[] key) {
        int zero = 0;
        while (zero < key.length && key[zero] != 0) {
            zero++;
        }
        int start = zero + 1 - HINDSIGHT_ENDING.length;
        return zero < key.length
                && start >= 0
                && Arrays.equals(key, start, zero + 1, HINDSIGHT_ENDING, 0, HINDSIGHT_ENDING.length);
    }

    /** Whether an effect is only what is left of one. */
    static boolean isTombstone(byte[] key) {
        return startsWith(key, TOMBSTONE_PREFIX);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] of(Identifier identifier) {
        return of(identifier.name(), identifier.value());
    }

    static byte[] of(SubjectId subject) {
        return of(subject.kind(), subject.key());
    }

    private static byte[] of(String first, String second) {
        byte[] kind = first.getBytes(StandardCharsets.UTF_8);
        byte[] key = second.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(kind, kind.length + 1 + key.length);
        System.arraycopy(key, 0, bytes, kind.length + 1, key.length);
        return bytes;
    }

    /** What the keys of all subjects of a kind begin with. */
    static byte[] prefix(String kind) {
        byte[] bytes = kind.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    static SubjectId subject(byte[] key) {
        int zero = 0;
        while (key[zero] != 0) {
            zero++;
        }
        return new SubjectId(
                new String(key, 0, zero, StandardCharsets.UTF_8),
                new String(key, zero + 1, key.length - zero - 1, StandardCharsets.UTF_8));
    }
}
