package dev.forestall.views;

import dev.forestall.loop.event.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes figures with their units, the same on every machine: English words, UTC, a comma between thousands. */
public final class Units {

    /** Stands where there is nothing to show. */
    public static final String NONE = "-";

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Units() {}

    /** {@code 10,469}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 customer}, {@code 10,469 customers}. */
    public static String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : plural(noun));
    }

    /** {@code customers}, {@code branches}, {@code companies}: of regular nouns, such as kinds of subjects are named with. */
    public static String plural(String noun) {
        if (noun.matches(".*(s|x|z|ch|sh)")) {
            return noun + "es";
        }
        return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    /** {@code 18 %}; one decimal below 10 %, where a whole number would hide too much; {@link #NONE} of nothing. */
    public static String percent(double part, double whole) {
        return whole == 0 ? NONE : percent(part / whole);
    }

    /** A share from 0 to 1 as a percentage. */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return NONE;
        }
        double hundredths = share * 100;
        boolean whole = hundredths == 0 || Math.abs(hundredths) >= 9.95;
        return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", hundredths);
    }

    /** A difference of two shares in percentage points, always with its sign: {@code +1.3}. */
    public static String points(double difference) {
        return Double.isNaN(difference) ? NONE : String.format(Locale.ROOT, "%+.1f", difference * 100 + 0.0);
    }

    /** {@code 1.8}, {@code 12}: as many digits as a ratio deserves. */
    public static String ratio(double ratio) {
        return Double.isNaN(ratio) ? NONE : String.format(Locale.ROOT, ratio < 9.95 ? "%.1f" : "%.0f", ratio);
    }

    /** A length of time in its two largest units: {@code 12 d 4 h}, {@code 3 min 20 s}, {@code 1.4 s}, {@code 850 ms}. */
    public static String duration(long millis) {
        if (millis < 0) {
            return "-" + duration(-millis);
        }
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < 10 * SECOND) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND);
        }
        if (millis < MINUTE) {
            return millis / SECOND + " s";
        }
        if (millis < HOUR) {
            return two(millis, MINUTE, "min", SECOND, "s");
        }
        return millis < DAY ? two(millis, HOUR, "h", MINUTE, "min") : two(millis, DAY, "d", HOUR, "h");
    }

    private static String two(long millis, long large, String largeName, long small, String smallName) {
        long rounded = Math.round(millis / (double) small) * small;
        long rest = rounded % large / small;
        return rounded / large + " " + largeName + (rest == 0 ? "" : " " + rest + " " + smallName);
    }

    /** {@code 1,234.50 EUR}. */
    public static String money(Money money) {
        int digits = Math.max(0, money.currency().getDefaultFractionDigits());
        return String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(money.minor(), digits)) + " "
                + money.currency().getCurrencyCode();
    }

    /** To the minute, for people; the zone is UTC, and a heading says so. */
    public static String minute(long atMillis) {
        return MINUTES.format(Instant.ofEpochMilli(atMillis));
    }

    /** To the millisecond, for programs: {@code 2012-02-03T16:09:19.112Z}. */
    public static String iso(long atMillis) {
        return MILLIS.format(Instant.ofEpochMilli(atMillis));
    }

    /** {@code 18,300 events/s}, to three digits: more would pretend. */
    public static String rate(long number, long millis, String noun) {
        double perSecond = number * 1000.0 / Math.max(1, millis);
        double scale = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, perSecond))) - 2));
        return count(Math.round(perSecond / scale) * (long) scale) + " " + noun + "/s";
    }

    /** {@code 21 MB}; powers of ten, as disks are sold. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        String[] names = {"kB", "MB", "GB", "TB"};
        double value = bytes / 1000.0;
        int name = 0;
        while (value >= 999.5 && name < names.length - 1) {
            value /= 1000;
            name++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, names[name]);
    }
}
