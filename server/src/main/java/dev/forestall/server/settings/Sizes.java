package dev.forestall.server.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 32KiB}, {@code 4MiB}. A bare number is no size. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

    private Sizes() {}

    static boolean isSize(String text, long least, long most) {
        return SIZE.matcher(text).matches() && bytes(text) >= least && bytes(text) <= most;
    }

    static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size");
        }
        int shift = switch (size.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        return Long.parseLong(size.group(1)) << shift;
    }
}
