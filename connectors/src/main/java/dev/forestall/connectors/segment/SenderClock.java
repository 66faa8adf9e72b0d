package dev.forestall.connectors.segment;

import dev.forestall.loop.host.SourceMapping;
import java.util.Set;

/**
 * Sets the times of senders right. The rule is Segment's: what happened so long before the call was sent happened so long before it was
 * received. It moves what was delayed on its way, so it is not for those whose clocks are good.
 */
final class SenderClock {

    /** So far may the clock of a trusted sender be ahead of ours, in milliseconds. */
    static final long TOLERANCE_MILLIS = 5_000;

    /** Libraries that run on servers, as they call themselves in {@code context.library.name}. */
    private static final Set<String> OF_SERVERS = Set.of(
            "@segment/analytics-node",
            "analytics-node",
            "analytics-java",
            "analytics-python",
            "analytics-ruby",
            "analytics-go",
            "analytics-php",
            "analytics.NET",
            "analytics-csharp",
            "analytics-rust",
            "analytics-clojure");

    private SenderClock() {}

    /**
     * When something happened, in milliseconds since 1970 UTC.
     *
     * @param atMillis when it happened, by the sender's clock
     * @param sentAtMillis when the call was sent, by the same clock; 0 when that is not known
     * @param receivedMillis when it was received, by ours
     */
    static long corrected(
            SourceMapping.Clock clock, String library, long atMillis, long sentAtMillis, long receivedMillis) {
        if (sentAtMillis == 0) {
            return atMillis;
        }
        boolean isCorrected = switch (clock) {
            case TRUST -> false;
            case SEGMENT -> true;
            case AUTO -> !OF_SERVERS.contains(library) || sentAtMillis > receivedMillis + TOLERANCE_MILLIS;
        };
        return isCorrected ? receivedMillis - (sentAtMillis - atMillis) : atMillis;
    }
}
