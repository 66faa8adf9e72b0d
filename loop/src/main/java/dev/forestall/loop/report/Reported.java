package dev.forestall.loop.report;

import dev.forestall.loop.event.EffectId;

/**
 * The action request that a report is about, as it was said: so that what a report means does not depend on what is still kept of the request,
 * nor on whose the customer's past is by now. Immutable.
 *
 * @param id of the request
 * @param action its name
 * @param channel on which the customer is reached: of a request that names several, the one that was permitted, else the first; empty for none
 * @param purpose what for; empty when the pack names none
 * @param policy that decided; empty when a workflow or a person requested it
 * @param journeyKey the run of the journey it is about; empty when it is about the customer
 * @param expiresMillis from when on it is of no use any more
 * @param isLive whether it follows from news
 */
public record Reported(
        EffectId id,
        String action,
        String channel,
        String purpose,
        String policy,
        String journeyKey,
        long expiresMillis,
        boolean isLive) {

    /** As those outside name it: the host completes it from the record. */
    public static Reported of(EffectId id) {
        return new Reported(id, "", "", "", "", "", Long.MIN_VALUE, false);
    }

    /** The same on another channel. */
    public Reported on(String otherChannel) {
        return new Reported(id, action, otherChannel, purpose, policy, journeyKey, expiresMillis, isLive);
    }
}
