package dev.forestall.loop.signal;

import dev.forestall.loop.event.EffectId;

/** What the signal stage has to say about one subject. */
public sealed interface Signal {

    EffectId id();

    /** The signal's name in the pack. */
    String name();

    /** The run of the journey it is about; empty when it is about the subject as a whole. */
    String journeyKey();

    /** When it was so, in event time: not when it was noticed. */
    long atMillis();

    /**
     * The condition became true.
     *
     * @param finding what was seen
     */
    record Raised(EffectId id, String name, String journeyKey, long atMillis, Finding finding) implements Signal {}

    /**
     * The condition no longer holds.
     *
     * @param signal the raised signal that ends
     * @param raisedAtMillis when that was raised
     */
    record Ended(EffectId id, String name, String journeyKey, long atMillis, EffectId signal, long raisedAtMillis)
            implements Signal {}

    /**
     * The signal should never have been raised: input that arrived late shows that the condition did not hold.
     *
     * @param signal the raised signal that is taken back
     * @param raisedAtMillis when that was raised
     * @param wasActive whether it was still active; otherwise it had ended before, or was over as soon as it was raised
     */
    record Withdrawn(
            EffectId id,
            String name,
            String journeyKey,
            long atMillis,
            EffectId signal,
            long raisedAtMillis,
            boolean wasActive)
            implements Signal {}

    /**
     * A length of time that was observed while baselines are learned: never in a live definition.
     *
     * @param millis how long it took
     */
    record Measured(EffectId id, String name, String journeyKey, long atMillis, long millis) implements Signal {}
}
