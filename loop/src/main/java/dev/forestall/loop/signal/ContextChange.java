package dev.forestall.loop.signal;

import dev.forestall.loop.event.EffectId;

/**
 * A customer has come to be affected by a signal of others, or is so no longer: the signal of a group they are in, or of an entity they depend
 * on. Said where an alert or a policy waits for it. Being affected by several entities at once counts as once.
 *
 * @param id of this effect
 * @param signal its name in the pack
 * @param value which group or entity told of it
 * @param isActive whether it has begun; false when it is over
 * @param atMillis when the customer came to be affected, or ceased to be, in event time
 * @param began the effect that told of the beginning; the id itself for a beginning
 * @param beganAtMillis when that was
 */
public record ContextChange(
        EffectId id,
        String signal,
        String value,
        boolean isActive,
        long atMillis,
        EffectId began,
        long beganAtMillis) {}
