package dev.forestall.run.draft;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures as people write them. */
final class Rounded {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Rounded() {}

    /** With one decimal, or none when it is large. */
    static String text(double figure) {
        return String.format(Locale.ROOT, figure >= 100 ? "%.0f" : "%.1f", figure);
    }

    /** A share as a whole percentage; "under 1 %" for less. */
    static String percent(double share) {
        return share > 0 && share < 0.01 ? "under 1 %" : Math.round(100 * share) + " %";
    }

    /** A number up to two digits long, not below the given one, as a formula has it. */
    static String up(double figure) {
        String plain = new BigDecimal(figure)
                .round(new MathContext(2, RoundingMode.CEILING))
                .toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** A duration as a pack has it, not below the given one, in a single unit, with at most two digits where there are more. */
    static String duration(long millis) {
        long unit = millis < 2 * HOUR ? MINUTE : millis < 3 * DAY ? HOUR : DAY;
        long count = Math.max(1, Math.ceilDiv(millis, unit));
        if (count > 100) {
            long ten = 10;
            count = Math.ceilDiv(count, ten) * ten;
        }
        return count + (unit == MINUTE ? "m" : unit == HOUR ? "h" : "d");
    }
}
