package dev.forestall.loop.gate;

import java.util.Locale;

/** The rules of the gate, in the order in which they are asked. A refusal by one of them is heard before another one's wait. */
public enum GateRule {
    /** The customer belongs to the universal control group, which nobody contacts except for exempt purposes. */
    CONTROL,
    /** A person must decide, and has not. */
    PERSON,
    /** The purpose needs consent, and none stands. */
    CONSENT,
    /** The customer has objected. */
    OPT_OUT,
    /** Something such as a complaint or a bounce was reported not long ago. */
    SUPPRESSED,
    /** It is quiet hours where the customer is. */
    QUIET,
    /** The business calendar is closed where the customer is. */
    CALENDAR,
    /** The customer was contacted as often as a cap allows. */
    CAP,
    /** A scarce resource is used up. */
    CAPACITY,
    /** Another request to the same customer at the same instant had priority. */
    OUTBID;

    /** As records and packs write it: {@code opt_out}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
