package dev.forestall.loop.roi;

import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.EffectId;

/**
 * What became of a decision.
 *
 * @param id of this effect
 * @param name the declared outcome
 * @param decision that it is the outcome of
 * @param policy that decided
 * @param journeyKey the run of the journey it is about
 * @param group the arm the customer was in
 * @param success whether it turned out well
 * @param atMillis when that was certain, in event time
 * @param decidedAtMillis when it was decided
 */
public record Outcome(
        EffectId id,
        String name,
        EffectId decision,
        String policy,
        String journeyKey,
        Decision.Group group,
        boolean success,
        long atMillis,
        long decidedAtMillis) {}
