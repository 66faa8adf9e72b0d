package dev.forestall.loop.event;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Words that stand where an identifier should, and name nobody: what programs write when they have none. Taken for an identifier, one of them
 * makes one customer of all who come with it. In capitals or not, with blanks around or not.
 */
public final class Placeholders {

    private static final SortedSet<String> WORDS = new TreeSet<>(List.of(
            "undefined",
            "null",
            "(null)",
            "nil",
            "none",
            "nan",
            "0",
            "unknown",
            "n/a",
            "-",
            "guest",
            "anonymous",
            "anon",
            "true",
            "false",
            "[object object]"));

    /** Of a UUID of which all digits are equal to the first: of zeros or of f. */
    private static final int UUID_LENGTH = 36;

    private Placeholders() {}

    /** Whether a value names nobody. */
    public static boolean isPlaceholder(String value) {
        if (value.length() > UUID_LENGTH) {
            return false;
        }
        String word = value.strip().toLowerCase(Locale.ROOT);
        return word.isEmpty() || WORDS.contains(word) || isUuidOfOneDigit(word);
    }

    private static boolean isUuidOfOneDigit(String word) {
        if (word.length() != UUID_LENGTH || word.charAt(0) != '0' && word.charAt(0) != 'f') {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean isBetweenGroups = i == 8 || i == 13 || i == 18 || i == 23;
            if (word.charAt(i) != (isBetweenGroups ? '-' : word.charAt(0))) {
                return false;
            }
        }
        return true;
    }
}
