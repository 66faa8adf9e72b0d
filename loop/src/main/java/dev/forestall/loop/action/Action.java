package dev.forestall.loop.action;

import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be done for a customer. Immutable.
 *
 * @param name as the pack calls it
 * @param kind of action, such as {@code message}, {@code workflow} or {@link #SHOW}
 * @param target the template, the workflow, or what the page that asks knows it by; empty for none
 * @param parameters what it is filled with
 * @param purpose what for: it says which rules of the gate hold
 * @param channels how it reaches the customer, in order of preference, at least one
 * @param prefer the channel that the customer prefers, which goes first when it is one of these; null when nobody asks
 * @param uses what it takes of scarce resources
 * @param cost of doing it once
 * @param expiresMillis for so long after the decision it is of use, above 0
 * @param withdrawal what takes a request back before that
 */
public record Action(
        String name,
        String kind,
        String target,
        List<Parameter.Rule> parameters,
        Purpose purpose,
        List<String> channels,
        @Nullable Words prefer,
        List<Use> uses,
        Money cost,
        long expiresMillis,
        Withdrawal withdrawal) {

    /** The kind of what is shown by whoever asks in session: nothing is sent. */
    public static final String SHOW = "show";

    /** Always a candidate. */
    public static final String NOTHING = "nothing";

    /** For how long an action is of use whose pack does not say: three days, so that a call outlives a weekend. */
    public static final long STANDARD_EXPIRES_MILLIS = 3 * 86_400_000L;

    public Action {
        parameters = List.copyOf(parameters);
        channels = List.copyOf(channels);
        uses = List.copyOf(uses);
        if (channels.isEmpty() || expiresMillis <= 0) {
            throw new IllegalArgumentException("action " + name + " by " + channels + " that expires after "
                    + expiresMillis + " ms is impossible");
        }
    }

    /** Whether it is shown by whoever asks in session, so that nobody can request it. */
    public boolean isShown() {
        return kind.equals(SHOW);
    }

    /** Without parameters, of use for the usual time. */
    public Action(
            String name,
            String kind,
            String target,
            Purpose purpose,
            List<String> channels,
            @Nullable Words prefer,
            List<Use> uses,
            Money cost) {
        this(
                name,
                kind,
                target,
                List.of(),
                purpose,
                channels,
                prefer,
                uses,
                cost,
                STANDARD_EXPIRES_MILLIS,
                Withdrawal.STANDARD);
    }

    /** For the usual purpose, on one channel. */
    public Action(String name, String kind, String target, String channel, Money cost) {
        this(name, kind, target, Purpose.SERVICE, List.of(channel), null, List.of(), cost);
    }

    /** The same, filled with parameters. */
    public Action filledWith(List<Parameter.Rule> others) {
        return new Action(name, kind, target, others, purpose, channels, prefer, uses, cost, expiresMillis, withdrawal);
    }

    /** The same, of use for another time. */
    public Action expiring(long afterMillis) {
        return new Action(
                name, kind, target, parameters, purpose, channels, prefer, uses, cost, afterMillis, withdrawal);
    }

    /** The same, taken back by something else. */
    public Action withdrawn(Withdrawal when) {
        return new Action(name, kind, target, parameters, purpose, channels, prefer, uses, cost, expiresMillis, when);
    }

    /**
     * The channels in the order in which they are tried for a customer.
     *
     * @param stated the one that the customer has said they prefer; null when they have said nothing
     */
    List<String> channels(Scope scope, @Nullable String stated) {
        return stated != null && channels.contains(stated)
                ? first(stated)
                : first(prefer == null ? null : prefer.value(scope));
    }

    /** The channels with one of them before the others, if it is one of them. */
    private List<String> first(@Nullable String channel) {
        if (channel == null || !channels.contains(channel)) {
            return channels;
        }
        List<String> ordered = new ArrayList<>(channels);
        ordered.remove(channel);
        ordered.addFirst(channel);
        return ordered;
    }

    /** What the gate is asked about, on the first channel. */
    public Proposal proposal() {
        return new Proposal(purpose, channels.getFirst(), uses, false);
    }

    /** What is to be done, as it is known at the moment. */
    ActionRequest.Task task(Moment moment) {
        return new ActionRequest.Task(
                name,
                kind,
                target,
                parameters.stream()
                        .map(each -> each.at(moment))
                        .flatMap(Optional::stream)
                        .toList(),
                cost,
                uses);
    }
}
