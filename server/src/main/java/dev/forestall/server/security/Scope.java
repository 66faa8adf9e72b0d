package dev.forestall.server.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a secret key may be used for. A key has those that it was made with, and no others. */
public enum Scope {
    /** What pages ask for: decisions in a session, about anybody. */
    DECISIONS_ASK("asking what to show"),
    /** Customers, their timelines and traces, alerts, action requests, and the stream of effects. */
    CUSTOMERS_READ("reading customers"),
    /** Packs: handing in, deploying, rolling back; and what was rejected. */
    DEFINITIONS_WRITE("deploying"),
    /** Value by policy and group. */
    VALUE_READ("reading value"),
    /** All that is known of a customer, in one file. */
    EXPORTS_WRITE("exporting customers"),
    /** Figures about the server. */
    METRICS_READ("figures"),
    /** All of these, and erasing. */
    ADMIN("everything");

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    /** As it is written: {@code customers:read}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** For people. */
    public String inWords() {
        return words;
    }

    public static Optional<Scope> of(String key) {
        return Arrays.stream(values()).filter(scope -> scope.key().equals(key)).findFirst();
    }
}
