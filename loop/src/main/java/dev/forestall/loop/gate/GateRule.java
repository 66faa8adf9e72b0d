package dev.forestall.loop.gate;

import java.util.Locale;

/** The rules of the gate, in the order in which they are asked. A refusal by one of them is heard before another one's wait. */
public enum GateRule {
    /** It follows from history, on which nobody acts. */
    HISTORY("from history"),
    /** The customer belongs to the universal control group, which nobody contacts except for exempt purposes. */
    CONTROL("in the control group"),
    /** A person must decide, and has not. */
    PERSON("a person must decide"),
    /** The purpose needs consent, and none stands. */
    CONSENT("no consent"),
    /** The customer has objected. */
    OPT_OUT("the customer has objected"),
    /** Something such as a complaint or a bounce was reported not long ago. */
    SUPPRESSED("suppressed"),
    /** It is quiet hours where the customer is. */
    QUIET("quiet hours"),
    /** The business calendar is closed where the customer is. */
    CALENDAR("closed"),
    /** The customer was contacted as often as a cap allows. */
    CAP("capped"),
    /** A scarce resource is used up. */
    CAPACITY("no capacity"),
    /** Another request to the same customer at the same instant had priority. */
    OUTBID("outbid");

    private final String words;

    GateRule(String words) {
        this.words = words;
    }

    /** For people. */
    String inWords() {
        return words;
    }

    /** As records and packs write it: {@code opt_out}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule of a {@link #key}. */
    public static GateRule of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
