package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Subjects as keys of the store: kind, a zero byte, key; so that subjects of a kind lie together. */
final class Keys {

    private Keys() {}

    static byte[] of(SubjectId subject) {
        byte[] kind = subject.kind().getBytes(StandardCharsets.UTF_8);
        byte[] key = subject.key().getBytes(StandardCharsets.UTF_8);
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
