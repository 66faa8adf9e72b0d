package dev.forestall.loop.host;

import java.util.Optional;

/**
 * How a subscription stands.
 *
 * @param next the place behind all that was acknowledged
 * @param lag how many committed effects are not acknowledged, counted up to {@link #MAX_LAG}
 * @param failures of the batch that is up, in a row
 * @param lastError what the consumer failed with last; empty when it never did since it was attached
 * @param sinceMillis when the phase began, in milliseconds since 1970-01-01 UTC; 0 when nobody is attached
 * @param skippedTo present when effects in front of this place were no longer kept when the subscription came to them
 */
public record SubscriptionState(
        String name,
        Phase phase,
        EffectOffset next,
        int lag,
        int failures,
        Optional<String> lastError,
        long sinceMillis,
        Optional<EffectOffset> skippedTo) {

    /** Nobody who is further behind than this is counted exactly. */
    public static final int MAX_LAG = 10_000;

    /** What a subscription does. */
    public enum Phase {
        /** The consumer has all there is, or is about to be given more. */
        WAITING,
        /** The consumer has a batch. When that is long ago, it hangs. */
        DELIVERING,
        /** The consumer failed, and is given the batch again after a while. */
        RETRYING,
        /** The consumer failed too often in a row, and is given the batch again only when somebody says so. */
        STOPPED,
        /** The place is kept, and effects with it, but nobody reads. */
        DETACHED
    }
}
