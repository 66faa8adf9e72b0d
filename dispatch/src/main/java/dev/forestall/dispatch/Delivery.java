package dev.forestall.dispatch;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.request.Permit;

/**
 * What a channel gets to send: a request with the permit that lets it pass. Only the dispatcher makes one, of a permit that is committed and
 * valid, after it has been noted durably that it is being sent. Immutable.
 */
public final class Delivery {

    private final String key;
    private final ActionRequest request;
    private final Permit permit;
    private final int attempt;

    /** @param key the request's name outside */
    Delivery(String key, ActionRequest request, Permit permit, int attempt) {
        if (!permit.request().id().equals(request.id())) {
            throw new IllegalArgumentException(permit + " does not let " + request + " pass");
        }
        this.key = key;
        this.request = request;
        this.permit = permit;
        this.attempt = attempt;
    }

    /** The same for every attempt, and for no other request: whoever receives it twice has received it once. */
    public String key() {
        return key;
    }

    /** The channel that the gate lets pass. */
    public String channel() {
        return permit.channel();
    }

    public SubjectId customer() {
        return request.customer();
    }

    public ActionRequest request() {
        return request;
    }

    /** How often it was given to the channel with this time, from 1. */
    public int attempt() {
        return attempt;
    }
}
