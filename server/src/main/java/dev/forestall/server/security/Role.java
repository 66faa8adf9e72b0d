package dev.forestall.server.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is at the house, and so what they may do: {@link Access} says what. */
public enum Role {
    /** Keeps the server: users, keys, everything. */
    ADMINISTRATOR("keeps users and keys, and may do everything"),
    /** Makes packs, and lets them take over. */
    DESIGNER("makes packs and deploys them"),
    /** Sees to it that it runs. */
    OPERATOR("keeps it running: sources, channels, stopping and resuming"),
    /** Talks with customers. */
    AGENT("looks at customers"),
    /** Is responsible for agents. */
    TEAM_LEAD("looks at customers and actions, and may stop sending"),
    /** Finds out what goes on. */
    ANALYST("looks at everything but the system, and changes nothing"),
    /** Looks whether it is right. */
    AUDITOR("looks at everything and at who changed what, and changes nothing"),
    /** Looks what it is worth. */
    FINANCE("looks at what it is worth");

    private final String meaning;

    Role(String meaning) {
        this.meaning = meaning;
    }

    /** In words, for who gives it. */
    public String meaning() {
        return meaning;
    }

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
