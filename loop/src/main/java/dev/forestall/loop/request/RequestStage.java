package dev.forestall.loop.request;

import java.util.Locale;

/** Where a request stands. */
public enum RequestStage {
    /** It waits for somebody to ask for a permit. */
    REQUESTED,
    /** It waits for somebody's answer: a person's, or that of a scarce resource. */
    HELD,
    /** It waits for a time. */
    DEFERRED,
    /** It may be sent now. */
    PERMITTED,
    /** A provider has taken it, or a workflow has begun. */
    SENT,
    /** It has reached the customer. */
    DELIVERED,
    /** A provider may have taken it. It counts as if it had. */
    UNCERTAIN,
    /** It has certainly not reached the customer, and is not tried again. */
    FAILED,
    /** The gate has refused it. */
    REFUSED,
    /** Another request to the same customer had priority. */
    OUTBID,
    /** There is no reason for it any more. */
    WITHDRAWN,
    /** Its time is over. */
    EXPIRED;

    /** Whether it can still be sent. */
    public boolean isOpen() {
        return this == REQUESTED || this == HELD || this == DEFERRED || this == PERMITTED;
    }

    /** Whether it has reached the customer, or may have. */
    public boolean isOut() {
        return this == SENT || this == DELIVERED || this == UNCERTAIN;
    }

    /** As records write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of a {@link #key}. */
    public static RequestStage of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
