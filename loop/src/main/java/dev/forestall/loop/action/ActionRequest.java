package dev.forestall.loop.action;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;

/**
 * An action to be performed by the outside, at most once per id.
 *
 * @param id of this effect: the idempotency key
 * @param decision that chose it
 * @param action its name
 * @param channel how it reaches the customer
 * @param journeyKey the run of the journey it is about
 * @param atMillis when it was decided, in event time
 * @param cost of doing it
 */
public record ActionRequest(
        EffectId id, EffectId decision, String action, String channel, String journeyKey, long atMillis, Money cost) {}
