package dev.forestall.loop.gate;

import java.util.Locale;

/**
 * A part of each day by the clock on the wall, {@code [from, to)}; across midnight when it ends before it starts. Immutable.
 *
 * @param fromMinute minutes after midnight, 0 to 1439
 * @param toMinute minutes after midnight, 1 to 1440, not the same as the start
 */
public record DailyHours(int fromMinute, int toMinute) {

    /** Minutes of a day that no clock is changed on. */
    public static final int DAY = 1_440;

    public DailyHours {
        if (fromMinute < 0 || fromMinute >= DAY || toMinute < 1 || toMinute > DAY || fromMinute == toMinute) {
            throw new IllegalArgumentException(
                    "hours from minute " + fromMinute + " to " + toMinute + " are impossible");
        }
    }

    public boolean crossesMidnight() {
        return toMinute < fromMinute;
    }

    /** @param millisOfDay what the clock shows, 0 to 86,399,999 */
    boolean contains(int millisOfDay) {
        int minute = millisOfDay / 60_000;
        return crossesMidnight()
                ? minute >= fromMinute || minute < toMinute
                : minute >= fromMinute && minute < toMinute;
    }

    /** As the pack writes it: {@code 21:00-08:00}. */
    @Override
    public String toString() {
        return clock(fromMinute) + "-" + clock(toMinute);
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
