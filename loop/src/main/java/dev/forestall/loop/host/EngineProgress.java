package dev.forestall.loop.host;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * How far an engine is. Places in the log are tokens for those outside: they can be compared for equality, stored and shown.
 *
 * @param durable the place behind all that no loss of power takes away
 * @param worked the place behind all whose consequences can be read; never behind {@code durable}
 * @param behind how many records are durable and not worked in yet
 * @param waiting how many records were handed over and are not written yet
 * @param room how many records may wait at most
 * @param putOff how many customers' long pasts have still to take effect
 * @param watermarkMillis up to when time has passed for everyone, in milliseconds since 1970 UTC; {@link Long#MIN_VALUE} before the first
 *     tick
 * @param clockMillis the latest event time that was worked in; {@link Long#MIN_VALUE} before the first event
 * @param counts of what was worked in
 * @param failure what the engine failed with: it takes nothing any more then; empty while it is well
 */
public record EngineProgress(
        String durable,
        String worked,
        long behind,
        int waiting,
        int room,
        int putOff,
        long watermarkMillis,
        long clockMillis,
        Counts counts,
        Optional<String> failure) {

    /**
     * How much was worked in, from the beginning.
     *
     * @param events that were used
     * @param late inputs that were older than something their subject had already seen
     * @param tooLate decisions that did nothing because what they were about was too old when it came to be known
     * @param rejected how much was rejected, by code
     */
    public record Counts(long events, long reports, long late, long tooLate, SequencedMap<String, Long> rejected) {
        public Counts {
            rejected = Collections.unmodifiableSequencedMap(new TreeMap<>(rejected));
        }
    }

    public boolean isWell() {
        return failure.isEmpty();
    }
}
