package dev.forestall.embedded;

import java.time.Duration;

/**
 * How an {@link EmbeddedEngine} divides what it has among those who use it.
 *
 * @param intake how much may wait to be written
 * @param readers how many look at what is known beside each other, at least 1
 * @param readings how many of them may wait for their turn, at least 1
 * @param retryAfter how long whoever is refused a look is to wait before asking again, more than nothing
 */
public record EngineOptions(IntakeOptions intake, int readers, int readings, Duration retryAfter) {

    public EngineOptions {
        if (readers < 1 || readings < 1 || !retryAfter.isPositive()) {
            throw new IllegalArgumentException(
                    readers + " readers, " + readings + " waiting, again after " + retryAfter + ": impossible");
        }
    }

    public static EngineOptions defaults() {
        return new EngineOptions(IntakeOptions.defaults(), 4, 1_024, Duration.ofSeconds(1));
    }

    public EngineOptions withIntake(IntakeOptions options) {
        return new EngineOptions(options, readers, readings, retryAfter);
    }
}
