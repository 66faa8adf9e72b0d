package dev.forestall.connectors.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Looks at JSON before the library does, which needs stack for each level of nesting and accepts texts in single quotes and comments.
 * Ordinary records are only glanced at, eight bytes at a time.
 */
final class JsonGuard {

    /** Deeper objects and lists are refused. */
    static final int MAX_DEPTH = 64;

    /** Shorter input cannot nest so deep that it would matter. */
    private static final int SHORT = 512;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private JsonGuard() {}

    static Optional<String> problem(byte[] bytes, int from, int to) {
        return to - from > SHORT || mayHoldQuotesOrComments(bytes, from, to) ? look(bytes, from, to) : Optional.empty();
    }

    private static boolean mayHoldQuotesOrComments(byte[] bytes, int from, int to) {
        long found = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long eight = (long) LONGS.get(bytes, at);
            long quote = eight ^ '\'' * ONES;
            long slash = eight ^ '/' * ONES;
            found |= (quote - ONES) & ~quote | (slash - ONES) & ~slash;
        }
        for (; at < to; at++) {
            found |= bytes[at] == '\'' || bytes[at] == '/' ? HIGHS : 0;
        }
        return (found & HIGHS) != 0;
    }

    private static Optional<String> look(byte[] bytes, int from, int to) {
        int depth = 0;
        boolean inText = false;
        for (int at = from; at < to; at++) {
            byte c = bytes[at];
            if (inText) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    inText = false;
                }
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                if (++depth > MAX_DEPTH) {
                    return Optional.of("found objects or lists nested more than " + MAX_DEPTH + " deep");
                }
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == '\'' || c == '/') {
                return Optional.of("found " + (char) c
                        + " outside of a text; texts stand in double quotes, and there are no comments");
            }
        }
        return Optional.empty();
    }
}
