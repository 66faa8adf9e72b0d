package dev.forestall.dispatch;

import java.time.Duration;

/**
 * How a dispatcher works.
 *
 * @param retries when what was not taken is sent again
 * @param uncertainFor how long somebody may say what became of an uncertain request, before it expires
 * @param askAgain after what time without an answer a permit is asked for once more
 * @param atOnce how many requests are moved in one transaction, and sent beside each other
 */
public record DispatchOptions(RetrySchedule retries, Duration uncertainFor, Duration askAgain, int atOnce) {

    public DispatchOptions {
        if (!uncertainFor.isPositive() || !askAgain.isPositive() || atOnce < 1) {
            throw new IllegalArgumentException("uncertain for " + uncertainFor + ", asking again after " + askAgain
                    + ", " + atOnce + " at once: impossible");
        }
    }

    public static DispatchOptions defaults() {
        return new DispatchOptions(RetrySchedule.STANDARD, Duration.ofHours(72), Duration.ofMinutes(1), 64);
    }
}
