package dev.forestall.loop.action;

import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be done for a customer. Immutable.
 *
 * @param name as the pack calls it
 * @param does the kind of action, such as {@code message} or {@code workflow}
 * @param with what it is done with: a template or a workflow; empty for none
 * @param purpose what for: it says which rules of the gate hold
 * @param channels how it reaches the customer, in order of preference, at least one
 * @param prefer the channel that the customer prefers, which goes first when it is one of these; null when nobody asks
 * @param uses what it takes of scarce resources
 * @param cost of doing it once
 */
public record Action(
        String name,
        String does,
        String with,
        Purpose purpose,
        List<String> channels,
        @Nullable Words prefer,
        List<Use> uses,
        Money cost) {

    /** Always a candidate. */
    public static final String NOTHING = "nothing";

    public Action {
        channels = List.copyOf(channels);
        uses = List.copyOf(uses);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("action " + name + " has no channel");
        }
    }

    /** For the usual purpose, on one channel. */
    public Action(String name, String does, String with, String channel, Money cost) {
        this(name, does, with, Purpose.SERVICE, List.of(channel), null, List.of(), cost);
    }

    /** The channels in the order in which they are tried for a customer. */
    List<String> channels(Scope scope) {
        String preferred = prefer == null ? null : prefer.value(scope);
        if (preferred == null || !channels.contains(preferred)) {
            return channels;
        }
        List<String> ordered = new ArrayList<>(channels);
        ordered.remove(preferred);
        ordered.addFirst(preferred);
        return ordered;
    }

    /** What the gate is asked about, on the first channel. */
    Proposal proposal() {
        return new Proposal(purpose, channels.getFirst(), uses, false);
    }
}
