package dev.forestall.loop.gate;

import java.util.List;

/**
 * What the gate is asked about: reaching a customer for a purpose on a channel. Immutable.
 *
 * @param purpose what for
 * @param channel how it reaches the customer, such as {@code email}; empty when it does not reach them
 * @param uses what it takes of scarce resources
 * @param isApproved whether a person has approved this very request
 */
public record Proposal(Purpose purpose, String channel, List<Use> uses, boolean isApproved) {

    /**
     * What is taken of one scarce resource.
     *
     * @param resource its name
     * @param amount how much of it, above 0, in the resource's own unit
     */
    public record Use(String resource, long amount) {

        public Use {
            if (resource.isEmpty() || amount <= 0) {
                throw new IllegalArgumentException("a use of " + amount + " of '" + resource + "' is impossible");
            }
        }
    }

    public Proposal {
        uses = List.copyOf(uses);
    }

    public Proposal(Purpose purpose, String channel) {
        this(purpose, channel, List.of(), false);
    }

    /** The same once a person has approved it. */
    public Proposal approved() {
        return new Proposal(purpose, channel, uses, true);
    }

    /** The same on another channel. */
    public Proposal on(String otherChannel) {
        return new Proposal(purpose, otherChannel, uses, isApproved);
    }
}
