package dev.forestall.loop.gate;

import dev.forestall.loop.state.Cells;

/**
 * What a customer said about being contacted: one statement. Immutable.
 *
 * <p>Of statements about the same thing, the latest one stands. Where it is not certain which of two is later, because the times are equal or
 * one is unknown, the more restrictive one stands: an objection before a consent, and of two consents the one that ends first.
 *
 * @param isGiven whether the customer agreed; false when they objected
 * @param purpose what for; empty for every purpose
 * @param channel on which channel; empty for every channel
 * @param atMillis when it was said; {@link #UNKNOWN} when nobody knows
 * @param knownByMillis when it had certainly been said: the same as {@code atMillis} where that is known, else when it was received
 * @param untilMillis from when on a consent is no more; {@link Cells#NEVER} for no end
 * @param source where it was said, as a proof
 * @param position of the input in the log that said it
 */
public record Consent(
        boolean isGiven,
        String purpose,
        String channel,
        long atMillis,
        long knownByMillis,
        long untilMillis,
        String source,
        long position) {

    public static final long UNKNOWN = Long.MIN_VALUE;

    public Consent {
        if (atMillis != UNKNOWN && atMillis != knownByMillis || !isGiven && untilMillis != Cells.NEVER) {
            throw new IllegalArgumentException("a statement of " + atMillis + ", known by " + knownByMillis + ", until "
                    + untilMillis + " is impossible");
        }
    }

    /** Somebody agrees at a known time. */
    public static Consent given(
            String purpose, String channel, long atMillis, long untilMillis, String source, long position) {
        return new Consent(true, purpose, channel, atMillis, atMillis, untilMillis, source, position);
    }

    /** Somebody objects at a known time. */
    public static Consent withdrawn(String purpose, String channel, long atMillis, String source, long position) {
        return new Consent(false, purpose, channel, atMillis, atMillis, Cells.NEVER, source, position);
    }

    /** The same, said at a time that nobody knows. */
    public Consent atUnknownTime(long receivedMillis) {
        return new Consent(isGiven, purpose, channel, UNKNOWN, receivedMillis, untilMillis, source, position);
    }

    boolean covers(String itsPurpose, String itsChannel) {
        return (purpose.isEmpty() || purpose.equals(itsPurpose)) && (channel.isEmpty() || channel.equals(itsChannel));
    }

    /** Whether another one has certainly been said later. */
    boolean yieldsTo(Consent other) {
        return other.atMillis != UNKNOWN && other.atMillis > knownByMillis;
    }

    /** Below 0 when this one is the more restrictive. */
    int compareRestriction(Consent other) {
        if (isGiven != other.isGiven) {
            return isGiven ? 1 : -1;
        }
        return Long.compare(untilMillis, other.untilMillis);
    }
}
