package dev.forestall.connectors.files;

import java.nio.charset.StandardCharsets;

/** The texts of JSON: where they end, and what their escapes mean. They are looked through eight bytes at a time. */
final class JsonText {

    private static final long QUOTES = '"' * EightBytes.ONES;
    private static final long SLASHES = '\\' * EightBytes.ONES;
    private static final long BLANKS = ' ' * EightBytes.ONES;

    private JsonText() {}

    /** The next quote, backslash, control character or byte beyond ASCII, or the end. */
    static int special(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long eight = EightBytes.at(bytes, at);
            // Of bytes up to 127, only those that are looked for borrow, and the lowest of them is found first.
            long found =
                    (eight ^ QUOTES) - EightBytes.ONES | (eight ^ SLASHES) - EightBytes.ONES | eight - BLANKS | eight;
            if ((found & EightBytes.HIGHS) != 0) {
                return at + EightBytes.first(found & EightBytes.HIGHS);
            }
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** As {@link #special}, but for bytes beyond ASCII, which it passes over. */
    static int specialBeyondAscii(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + 8 <= end; at += 8) {
            long eight = EightBytes.at(bytes, at);
            long controls = eight - BLANKS & ~eight & EightBytes.HIGHS;
            long found = EightBytes.zeros(eight ^ QUOTES) | EightBytes.zeros(eight ^ SLASHES) | controls;
            if (found != 0) {
                return at + EightBytes.first(found);
            }
        }
        while (at < end && (bytes[at] < 0 || bytes[at] >= ' ') && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The place behind the escape that begins with a backslash. */
    static int behindEscape(byte[] bytes, int slash, int end) throws MalformedJson {
        byte kind = slash + 1 < end ? bytes[slash + 1] : 0;
        switch (kind) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return slash + 2;
            }
            case 'u' -> {
                for (int at = slash + 2; at < slash + 6; at++) {
                    if (at >= end || hex(bytes[at]) < 0) {
                        throw new MalformedJson("found \\u without four hexadecimal digits", slash);
                    }
                }
                return slash + 6;
            }
            default -> throw new MalformedJson("found a backslash that escapes nothing", slash);
        }
    }

    /** What a text with escapes, all of them whole, means. */
    static String unescaped(byte[] bytes, int from, int to) throws MalformedJson {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int plain = at;
            while (at < to && bytes[at] != '\\') {
                at++;
            }
            text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
            if (at < to) {
                text.append(escaped(bytes, at));
                at += bytes[at + 1] == 'u' ? 6 : 2;
            }
        }
        if (text.codePoints().anyMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE)) {
            throw new MalformedJson("found one half of a character written as two \\u escapes", from);
        }
        return text.toString();
    }

    private static char escaped(byte[] bytes, int slash) {
        return switch (bytes[slash + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' ->
                (char) (hex(bytes[slash + 2]) << 12
                        | hex(bytes[slash + 3]) << 8
                        | hex(bytes[slash + 4]) << 4
                        | hex(bytes[slash + 5]));
            default -> (char) bytes[slash + 1];
        };
    }

    private static int hex(byte c) {
        return Character.digit(c, 16);
    }
}
