package dev.forestall.loop.action;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.report.Reported;
import java.util.List;
import java.util.Optional;

/**
 * An action that is to be performed for a customer by the outside, at most once per id, and only with a permit. It says all that whoever
 * performs it has to know, so that nothing has to be looked up that may have changed since. Immutable.
 *
 * @param id of this effect: the idempotency key
 * @param source who wants it
 * @param task what is to be done
 * @param reach how the customer may be reached
 * @param journeyKey the run of the journey it is about; empty when it is about the customer
 * @param expectedValue what it was expected to bring, net of its cost; absent when nobody has said
 * @param schedule from when to when
 * @param isLive whether it follows from news; what follows from history is recorded, and never permitted
 */
public record ActionRequest(
        EffectId id,
        Source source,
        Task task,
        Reach reach,
        String journeyKey,
        Optional<Money> expectedValue,
        Schedule schedule,
        boolean isLive) {

    /** Who wants an action performed. */
    public sealed interface Source {

        /** The effects it goes back to: the decision, or the request that it repeats. */
        default List<EffectId> causes() {
            return switch (this) {
                case OfPolicy of -> List.of(of.decision());
                case OfReport of -> of.repeats().map(List::of).orElse(List.of());
            };
        }

        /** The policy that decided; empty when a person or a workflow has asked. */
        default String policyName() {
            return this instanceof OfPolicy of ? of.policy() : "";
        }

        /**
         * A policy has decided.
         *
         * @param decision the decision that chose it
         * @param policy that decided
         * @param on on what it decided, as the pack writes it: {@code signal.outage}
         * @param cause the effect that told of it
         */
        record OfPolicy(EffectId decision, String policy, String on, EffectId cause) implements Source {}

        /**
         * A person or a workflow has asked for it.
         *
         * @param by who, such as {@code user:u-7}
         * @param reason in their words
         * @param repeats the earlier request that this one repeats, if it does
         */
        record OfReport(String by, String reason, Optional<EffectId> repeats) implements Source {}
    }

    /**
     * What is to be done.
     *
     * @param action its name in the pack
     * @param kind such as {@code message} or {@code workflow}
     * @param target the template or the workflow
     * @param parameters what it is filled with, in the order of their names; those that are unknown are left out
     * @param cost of doing it once
     * @param uses what it takes of scarce resources
     */
    public record Task(
            String action, String kind, String target, List<Parameter> parameters, Money cost, List<Use> uses) {

        public Task {
            parameters = List.copyOf(parameters);
            uses = List.copyOf(uses);
        }
    }

    /**
     * How the customer may be reached.
     *
     * @param purpose what for
     * @param priority of requests that are due at one instant, the one with the highest goes on
     * @param channels in order of preference, at least one; the permit says which one
     * @param zone where the customer is, as an IANA name
     * @param language that the customer understands, as BCP 47 writes it; empty when that is not known
     */
    public record Reach(String purpose, int priority, List<String> channels, String zone, String language) {

        public Reach {
            channels = List.copyOf(channels);
            if (channels.isEmpty()) {
                throw new IllegalArgumentException("a request for " + purpose + " names no channel");
            }
        }
    }

    /**
     * From when to when, in milliseconds since 1970 UTC.
     *
     * @param atMillis when it was requested, in event time
     * @param dueMillis when to ask for a permit: later than {@code atMillis} when quiet hours, a calendar or a spread hold it back
     * @param expiresMillis from when on it is of no use any more
     * @param withdrawWhen what takes it back before that: {@code cause ends}, {@code signal.outage ends}, {@code never}
     */
    public record Schedule(long atMillis, long dueMillis, long expiresMillis, String withdrawWhen) {

        public Schedule {
            if (dueMillis >= expiresMillis) {
                throw new IllegalArgumentException("a request that is due at " + dueMillis + " and expires at "
                        + expiresMillis + " is impossible");
            }
        }
    }

    /** Who it is done for, under the name at the time. */
    public SubjectId customer() {
        return id.subject();
    }

    /** As reports name it. @param channel on which the customer is reached; empty for the one that is preferred */
    public Reported reported(String channel) {
        return new Reported(
                id,
                task.action(),
                channel.isEmpty() ? reach.channels().getFirst() : channel,
                reach.purpose(),
                source.policyName(),
                journeyKey,
                schedule.expiresMillis(),
                isLive);
    }
}
