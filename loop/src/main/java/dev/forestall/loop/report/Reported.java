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
 */
public record Reported(EffectId id, String action, String channel, String purpose, String policy) {

    /** The same on another channel. */
    public Reported on(String otherChannel) {
        return new Reported(id, action, otherChannel, purpose, policy);
    }
}
