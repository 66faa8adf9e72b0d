package dev.forestall.pack.grammar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as packs write them: {@code 7d}, {@code 2h30m}, {@code 500ms}. A day has 24 hours. */
public final class Durations {

    /** Ten years: anything longer is a mistake, and sums stay far from the ends of time. */
    public static final long MAX_MILLIS = 3_653L * 86_400_000;

    private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");

    private Durations() {}

    /** Whether a text is a duration. */
    public static boolean isDuration(String text) {
        return Kind.DURATION.accepts(text);
    }

    /** In milliseconds, at most {@link #MAX_MILLIS}; longer ones count as that. */
    public static long millis(String text) {
        Matcher part = PART.matcher(text);
        long millis = 0;
        while (part.find()) {
            long unit = unit(part.group(2));
            long count = Math.min(Long.parseLong(part.group(1)), MAX_MILLIS / unit + 1);
            millis = Math.min(MAX_MILLIS, millis + count * unit);
        }
        return millis;
    }

    /** How many milliseconds a unit has. */
    public static long unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            case "w" -> 7 * 86_400_000L;
            default -> throw new IllegalArgumentException("no unit of time: " + unit);
        };
    }

    /** As packs write it, in the largest units that fit. */
    public static String text(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long count = rest / unit(unit);
            if (count > 0) {
                text.append(count).append(unit);
                rest -= count * unit(unit);
            }
        }
        return text.toString();
    }
}
