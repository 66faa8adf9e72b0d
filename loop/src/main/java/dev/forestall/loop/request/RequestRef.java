package dev.forestall.loop.request;

import dev.forestall.loop.event.EffectId;

/**
 * The action request that something is about. Immutable.
 *
 * @param id of the request
 * @param action its name in the pack
 * @param journeyKey the run of the journey that the request is about; empty when it is about the customer
 */
public record RequestRef(EffectId id, String action, String journeyKey) {}
