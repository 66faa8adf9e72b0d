package dev.forestall.dispatch;

import dev.forestall.loop.event.Draw;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a request whose sending did not succeed is tried again. Delays grow from seconds to a day, each moved by up to a fifth so that what failed
 * together does not come back together; by how much is drawn from the request's id, so that it is the same whoever asks. Immutable.
 *
 * @param delays before the second attempt, the third, and so on
 */
public record RetrySchedule(List<Duration> delays) {

    private static final double SPREAD = 0.2;

    /** That of Standard Webhooks: ten attempts in a little more than three days. */
    public static final RetrySchedule STANDARD = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24)));

    public RetrySchedule {
        delays = List.copyOf(delays);
    }

    /**
     * How long to wait after an attempt.
     *
     * @param attempt how many there were, from 1
     * @return nothing when that was the last one
     */
    public Optional<Duration> after(String request, int attempt) {
        if (attempt > delays.size()) {
            return Optional.empty();
        }
        double draw = Draw.of("retry", request, Integer.toString(attempt));
        double factor = 1 - SPREAD + 2 * SPREAD * draw;
        return Optional.of(Duration.ofMillis(Math.round(delays.get(attempt - 1).toMillis() * factor)));
    }
}
