package dev.forestall.dispatch;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a request stands on its way out. Every request ends in one of those that are {@link #isFinal final}, or is out. */
public enum State {
    /** It waits for its time, and for its customer to be free. */
    REQUESTED,
    /** It waits for somebody: a person who decides, a kill switch that is lifted, a receiver that is enabled. */
    HELD,
    /** The engine is asked for a permit. */
    DUE,
    /** It waits for a time: the gate's, a retry's, or the next period of a budget. */
    DEFERRED,
    /** It may be sent within a minute. */
    PERMITTED,
    /** It is with the channel. */
    SENDING,
    /** Nobody knows whether the provider took it. Never sent again by itself; counted in caps. */
    UNCERTAIN,
    /** The provider took it. */
    SENT,
    /** It has reached the customer. */
    DELIVERED,
    /** It has certainly not reached the customer. */
    FAILED,
    /** All attempts were used up. */
    DEAD,
    /** The gate has refused it, or nothing is sent in a dry run. */
    REFUSED,
    /** Another request to the same customer had priority. */
    OUTBID,
    /** There is no reason for it any more, or a person took it back. */
    WITHDRAWN,
    /** Its time is over. */
    EXPIRED;

    /** Whether nothing moves it any more. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** Whether its customer is dealt with, so that no other request to them is. */
    public boolean isClaim() {
        return this == DUE || this == PERMITTED || this == SENDING;
    }

    /** Whether it may go there. */
    public boolean mayBecome(State other) {
        return next().contains(other);
    }

    private Set<State> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(DUE, HELD, OUTBID, WITHDRAWN, EXPIRED);
            case HELD -> EnumSet.of(REQUESTED, DUE, WITHDRAWN, EXPIRED);
            // The last four only after a restore: the engine's record knows what an older outbox does not.
            case DUE ->
                EnumSet.of(
                        PERMITTED, DEFERRED, HELD, REFUSED, OUTBID, WITHDRAWN, EXPIRED, SENT, DELIVERED, FAILED,
                        UNCERTAIN);
            case DEFERRED -> EnumSet.of(DUE, HELD, WITHDRAWN, EXPIRED);
            case PERMITTED -> EnumSet.of(SENDING, DUE, HELD, DEFERRED, REFUSED, WITHDRAWN, EXPIRED);
            case SENDING -> EnumSet.of(SENT, FAILED, DEFERRED, DEAD, UNCERTAIN);
            case UNCERTAIN -> EnumSet.of(SENT, DELIVERED, FAILED, EXPIRED);
            case SENT -> EnumSet.of(DELIVERED, FAILED);
            case DELIVERED -> EnumSet.of(FAILED);
            case FAILED, DEAD, REFUSED, OUTBID, WITHDRAWN, EXPIRED -> EnumSet.noneOf(State.class);
        };
    }

    /** As tables and people write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a {@link #key}. */
    public static State of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
