package dev.forestall.connectors.files;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Reads decimal numbers as people and programs write them, exactly.
 *
 * @param mark what stands before the decimals
 * @param group what groups the digits before the mark; {@code '\0'} when nothing does
 */
record Decimals(char mark, char group) {

    /** With a decimal point and no groups. */
    static final Decimals PLAIN = new Decimals('.', '\0');

    /** The text is no number, or one out of range. */
    static final long UNREADABLE = Long.MIN_VALUE;

    private static final double[] POWERS = new double[23];
    private static final long[] TENS = new long[19];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++, power *= 10) {
            POWERS[i] = power;
        }
        long ten = 1;
        for (int i = 0; i < TENS.length; i++, ten *= 10) {
            TENS[i] = ten;
        }
    }

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");

    /** Longer texts are no numbers that anybody means. */
    private static final int MAX_LENGTH = 100;

    /** Up to here all whole numbers are exact as a double. */
    private static final long EXACT = 1L << 53;

    /** The number, or NaN when the text is none or too large. */
    double number(String text) {
        long digits = 0;
        int decimals = -1;
        int start = start(text);
        int end = end(text);
        boolean negative = start < end && text.charAt(start) == '-';
        int first = negative ? start + 1 : start;
        for (int i = first; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < EXACT / 10) {
                digits = digits * 10 + (c - '0');
                decimals += decimals >= 0 ? 1 : 0;
            } else if (c == mark && decimals < 0 && i > first && i + 1 < end) {
                decimals = 0;
            } else {
                return slowNumber(text);
            }
        }
        if (first == end || decimals >= POWERS.length) {
            return slowNumber(text);
        }
        // Both sides are exact, so the division rounds once and correctly (Clinger 1990).
        double value = decimals > 0 ? digits / POWERS[decimals] : digits;
        return negative ? -value : value;
    }

    private double slowNumber(String text) {
        String plain = plain(text);
        if (plain.isEmpty()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /**
     * The number times ten to the power of {@code scale}.
     *
     * @param exact whether a number with more decimals than {@code scale} (zeros aside) is unreadable rather than rounded half to even
     * @return {@link #UNREADABLE} when the text is no such number
     */
    long scaled(String text, int scale, boolean exact) {
        long digits = 0;
        int decimals = -1;
        int start = start(text);
        int end = end(text);
        boolean negative = start < end && text.charAt(start) == '-';
        int first = negative ? start + 1 : start;
        if (end - first > 17 || end == first) {
            return slowScaled(text, scale, exact);
        }
        for (int i = first; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                decimals += decimals >= 0 ? 1 : 0;
            } else if (c == mark && decimals < 0 && i > first && i + 1 < end) {
                decimals = 0;
            } else {
                return slowScaled(text, scale, exact);
            }
        }
        int missing = scale - Math.max(0, decimals);
        if (missing < 0 || missing + (end - first) > 18) {
            return slowScaled(text, scale, exact);
        }
        long value = digits * TENS[missing];
        return negative ? -value : value;
    }

    private long slowScaled(String text, int scale, boolean exact) {
        String plain = plain(text);
        if (plain.isEmpty()) {
            return UNREADABLE;
        }
        BigDecimal value = new BigDecimal(plain).scaleByPowerOfTen(scale);
        // Digits before the point; bounds the work below, for 1e99999 would be written out.
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() != 0 && magnitude > 19) {
            return UNREADABLE;
        }
        if (value.signum() == 0 || magnitude < -1) {
            return value.signum() == 0 || !exact ? 0 : UNREADABLE;
        }
        BigDecimal whole = value.setScale(0, RoundingMode.HALF_EVEN);
        if (exact && whole.compareTo(value) != 0 || whole.unscaledValue().bitLength() > 63) {
            return UNREADABLE;
        }
        return whole.longValue();
    }

    /** The text with a point, without groups and blanks around it; empty when it is no number. */
    private String plain(String text) {
        int start = start(text);
        int end = end(text);
        if (start == end || end - start > MAX_LENGTH) {
            return "";
        }
        StringBuilder plain = new StringBuilder(end - start);
        boolean decimals = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == group && group != '\0') {
                if (decimals || !isBetweenGroups(text, start, i, end)) {
                    return "";
                }
            } else if (c == mark) {
                decimals = true;
                plain.append('.');
            } else if (c == '.') {
                return "";
            } else {
                plain.append(c);
            }
        }
        return NUMBER.matcher(plain).matches() ? plain.toString() : "";
    }

    /**
     * Whether a mark at a place groups digits by threes: one to three of them before it, back to the sign or the mark before, and exactly three
     * behind it. Else {@code 12.50} would be read as 1,250 wherever a comma stands before decimals.
     */
    private boolean isBetweenGroups(String text, int start, int at, int end) {
        int before = at;
        while (before > start && isDigit(text, before - 1)) {
            before--;
        }
        boolean isFirst = before == start || text.charAt(before - 1) != group;
        int behind = at + 1;
        while (behind < end && isDigit(text, behind)) {
            behind++;
        }
        int length = at - before;
        return behind - at - 1 == 3 && (isFirst ? length >= 1 && length <= 3 : length == 3);
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int start(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return start;
    }

    private static int end(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return Math.max(end, start(text));
    }
}
