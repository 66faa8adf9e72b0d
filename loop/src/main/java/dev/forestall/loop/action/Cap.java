package dev.forestall.loop.action;

/**
 * How often customers may be contacted. Contacts count from the moment at which it was decided on them, which for a signal that was
 * found late is later than the signal.
 *
 * @param channel on which channel; empty for all together
 * @param times how often at most, 1 to {@link #MAX_TIMES}
 * @param withinMillis within the last so many milliseconds, (t - within, t]
 */
public record Cap(String channel, int times, long withinMillis) {

    public static final int MAX_TIMES = 64;

    public Cap {
        if (times < 1 || times > MAX_TIMES || withinMillis <= 0) {
            throw new IllegalArgumentException("cap: " + times + " times within " + withinMillis + " ms is impossible");
        }
    }
}
