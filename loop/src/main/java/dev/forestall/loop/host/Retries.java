package dev.forestall.loop.host;

import java.time.Duration;

/**
 * How often and when something that failed is tried again: the delay doubles from the first to the longest.
 *
 * @param attempts how many failures in a row end it, at least 1
 */
public record Retries(Duration first, Duration longest, int attempts) {

    public Retries {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || attempts < 1) {
            throw new IllegalArgumentException(
                    "delays of " + first + " to " + longest + ", " + attempts + " attempts: impossible");
        }
    }

    /** From a tenth of a second to a minute, for a good day. */
    public static Retries defaults() {
        return new Retries(Duration.ofMillis(100), Duration.ofMinutes(1), 1_500);
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failures so far in a row, at least 1
     */
    public Duration delay(int failures) {
        Duration delay = first;
        for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
