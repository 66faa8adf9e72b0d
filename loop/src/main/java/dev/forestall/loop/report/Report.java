package dev.forestall.loop.report;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import java.util.Optional;

/**
 * What people, channels and workflows say about what the loop said, or about a customer. An input like any other: it stands in the log and is
 * replayed. It is no event of the tracking plan, so that it outlives every change of a pack; {@link ReportEvents} says as which events packs
 * see it.
 */
public sealed interface Report {

    Head head();

    /** When it was so, in milliseconds since 1970 UTC. */
    default long atMillis() {
        return head().atMillis();
    }

    /** What it says, as records write it: {@code case_done}. */
    default String kind() {
        StringBuilder kind = new StringBuilder();
        for (char each : getClass().getSimpleName().toCharArray()) {
            if (Character.isUpperCase(each) && !kind.isEmpty()) {
                kind.append('_');
            }
            kind.append(Character.toLowerCase(each));
        }
        return kind.toString();
    }

    /** The subject that it concerns, under the name that was known to its sender; of the kill switch, nobody. */
    SubjectId subject();

    /**
     * What all reports say.
     *
     * @param id what its sender calls it: the same id from the same sender is the same report, sent again. Empty when the sender gave none
     * @param atMillis when it was so, in milliseconds since 1970 UTC
     * @param by who said it, such as {@code channel:mail} or {@code user:u-7}; no personal data
     */
    record Head(String id, long atMillis, String by) {

        public Head {
            if (by.isEmpty()) {
                throw new IllegalArgumentException("a report must say who reports");
            }
        }
    }

    /** It is about an action request. */
    sealed interface OfRequest extends Report {

        Reported request();

        /** The same about the request as it stands in the record. */
        OfRequest about(Reported request);

        @Override
        default SubjectId subject() {
            return request().id().subject();
        }
    }

    /** It is about a decision. */
    sealed interface OfDecision extends Report {

        /** The decision. */
        EffectId decision();

        /** The policy that decided. */
        String policy();

        @Override
        default SubjectId subject() {
            return decision().subject();
        }
    }

    /** It is about an alert. */
    sealed interface OfAlert extends Report {

        /** The effect that raised the alert. */
        EffectId alert();

        /** The alert's name in the pack. */
        String name();

        @Override
        default SubjectId subject() {
            return alert().subject();
        }
    }

    /** A customer, or somebody on their behalf, says something about them. */
    sealed interface OfCustomer extends Report {

        SubjectId customer();

        @Override
        default SubjectId subject() {
            return customer();
        }
    }

    /** The request is due: the dispatcher asks whether it may be sent now. */
    record Due(Head head, Reported request) implements OfRequest {
        @Override
        public Due about(Reported known) {
            return new Due(head, known);
        }
    }

    /**
     * The provider has taken it.
     *
     * @param provider that took it
     * @param providerId what the provider calls it; empty when it does not say
     */
    record Sent(Head head, Reported request, String provider, String providerId) implements OfRequest {
        @Override
        public Sent about(Reported known) {
            return new Sent(head, known, provider, providerId);
        }
    }

    /** It has reached the customer. */
    record Delivered(Head head, Reported request, String provider) implements OfRequest {
        @Override
        public Delivered about(Reported known) {
            return new Delivered(head, known, provider);
        }
    }

    /** Why something failed. */
    enum Failure {
        /** The provider does not take it, and never will. */
        REFUSED,
        /** Nobody is at that address. */
        HARD_BOUNCE,
        /** It could not be delivered this time. */
        SOFT_BOUNCE,
        /** All attempts are used up. */
        NO_ATTEMPT_LEFT;

        public boolean isBounce() {
            return this == HARD_BOUNCE || this == SOFT_BOUNCE;
        }
    }

    /** It has certainly not reached the customer. */
    record Failed(Head head, Reported request, Failure failure, String provider, String reason) implements OfRequest {
        @Override
        public Failed about(Reported known) {
            return new Failed(head, known, failure, provider, reason);
        }
    }

    /** It was given to the provider, and nobody knows whether it was taken. */
    record Uncertain(Head head, Reported request, String provider, String reason) implements OfRequest {
        @Override
        public Uncertain about(Reported known) {
            return new Uncertain(head, known, provider, reason);
        }
    }

    /** It was permitted, and not given to any provider: by a kill switch, a hard budget, or because its permit ran out. */
    record NotSent(Head head, Reported request, String reason) implements OfRequest {
        @Override
        public NotSent about(Reported known) {
            return new NotSent(head, known, reason);
        }
    }

    /** A person has approved the request. */
    record Approved(Head head, Reported request) implements OfRequest {
        @Override
        public Approved about(Reported known) {
            return new Approved(head, known);
        }
    }

    /** A person or a workflow takes the request back. */
    record Withdrawn(Head head, Reported request, String reason) implements OfRequest {
        @Override
        public Withdrawn about(Reported known) {
            return new Withdrawn(head, known, reason);
        }
    }

    /** The customer has opened it, or a program has in their name. */
    record Opened(Head head, Reported request) implements OfRequest {
        @Override
        public Opened about(Reported known) {
            return new Opened(head, known);
        }
    }

    /**
     * Somebody has followed a link in it.
     *
     * @param link which, as the template names it
     * @param isAutomated whether it was a program that looks at links
     */
    record Clicked(Head head, Reported request, String link, boolean isAutomated) implements OfRequest {
        @Override
        public Clicked about(Reported known) {
            return new Clicked(head, known, link, isAutomated);
        }
    }

    /** The customer has replied. */
    record Replied(Head head, Reported request) implements OfRequest {
        @Override
        public Replied about(Reported known) {
            return new Replied(head, known);
        }
    }

    /** The customer wants nothing more of this purpose on this channel. */
    record Unsubscribed(Head head, Reported request) implements OfRequest {
        @Override
        public Unsubscribed about(Reported known) {
            return new Unsubscribed(head, known);
        }
    }

    /** The customer has complained about it, such as by marking it as spam. */
    record Complained(Head head, Reported request) implements OfRequest {
        @Override
        public Complained about(Reported known) {
            return new Complained(head, known);
        }
    }

    /** Somebody has begun to work on the case. */
    record CaseClaimed(Head head, Reported request) implements OfRequest {
        @Override
        public CaseClaimed about(Reported known) {
            return new CaseClaimed(head, known);
        }
    }

    /**
     * The case is done.
     *
     * @param result as the pack or the other system names it
     * @param handledMillis how long people worked on it; 0 when that is not known
     */
    record CaseDone(Head head, Reported request, String result, long handledMillis) implements OfRequest {

        public CaseDone {
            if (handledMillis < 0) {
                throw new IllegalArgumentException("a case cannot have been handled for " + handledMillis + " ms");
            }
        }

        @Override
        public CaseDone about(Reported known) {
            return new CaseDone(head, known, result, handledMillis);
        }
    }

    /** What was decided in a session was shown: from now on the customer is treated. */
    record Served(Head head, EffectId decision, String policy, String action) implements OfDecision {}

    /** What was decided in a session was not shown. */
    record NotServed(Head head, EffectId decision, String policy, String reason) implements OfDecision {}

    /**
     * A person has decided otherwise.
     *
     * @param action what they chose; {@code nothing} is one
     */
    record Overruled(Head head, EffectId decision, String policy, String action, String reason) implements OfDecision {}

    /** Somebody has seen the alert and cares about it. */
    record AlertAcknowledged(Head head, EffectId alert, String name) implements OfAlert {}

    /** @param assignee who is to care about it; an id, no personal data */
    record AlertAssigned(Head head, EffectId alert, String name, String assignee) implements OfAlert {}

    /** @param untilMillis until when nobody wants to hear of it */
    record AlertSnoozed(Head head, EffectId alert, String name, long untilMillis) implements OfAlert {}

    /** A person says that it is over. */
    record AlertResolved(Head head, EffectId alert, String name, String reason) implements OfAlert {}

    /** A person says that it is not over. */
    record AlertReopened(Head head, EffectId alert, String name, String reason) implements OfAlert {}

    /**
     * A workflow or a person wants something done for a customer: so that nothing is done without an id, the gate and a trace.
     *
     * @param action its name in the pack
     * @param journeyKey the run of the journey it is about; empty when it is about the customer
     * @param reason in their words
     * @param repeats the earlier request that this one repeats, if it does
     */
    record Requested(
            Head head, SubjectId customer, String action, String journeyKey, String reason, Optional<EffectId> repeats)
            implements OfCustomer {}

    /**
     * A page or an app asks what to show to a customer who is there now.
     *
     * @param customer under the name by which they are asked about
     * @param identifier the identifier by which they are asked about, as the pack declares it
     * @param value of that identifier; personal data
     * @param policy that is to decide
     * @param isOffer whether the answer is only kept ready: it counts as shown when somebody reports that it was
     */
    record Asked(Head head, SubjectId customer, String identifier, String value, String policy, boolean isOffer)
            implements OfCustomer {

        public Asked {
            if (identifier.isEmpty() || value.isEmpty() || policy.isEmpty()) {
                throw new IllegalArgumentException("a question needs an identifier, its value and a policy");
            }
        }
    }

    /** No end of a consent. */
    long NO_END = Long.MAX_VALUE;

    /**
     * The customer agrees or objects to being contacted.
     *
     * @param isGiven whether they agree
     * @param purpose what for; empty for every purpose
     * @param channel on which channel; empty for every channel
     * @param untilMillis until when they agree; {@link #NO_END} for no end, and of an objection
     * @param isTimeKnown whether {@link #atMillis} is when it was said; else it is when it came to be known
     */
    record Consented(
            Head head,
            SubjectId customer,
            boolean isGiven,
            String purpose,
            String channel,
            long untilMillis,
            boolean isTimeKnown)
            implements OfCustomer {

        public Consented {
            if (!isGiven && untilMillis != NO_END) {
                throw new IllegalArgumentException("an objection has no end, but got " + untilMillis);
            }
        }
    }

    /**
     * The customer would rather be reached in a certain way.
     *
     * @param purpose what for; empty for every purpose
     */
    record Preferred(Head head, SubjectId customer, String purpose, String channel) implements OfCustomer {}

    /** @param zone where the customer is, as the IANA database names it: {@code Europe/Berlin} */
    record ZoneKnown(Head head, SubjectId customer, String zone) implements OfCustomer {}

    /** @param language which the customer understands, as BCP 47 writes it: {@code de-AT} */
    record LanguageKnown(Head head, SubjectId customer, String language) implements OfCustomer {}

    /**
     * A person stops sending, or lets it go on. Concerns no subject: it stands in the log as a fact for whoever asks why nothing was sent.
     *
     * @param scope what is stopped
     * @param name of the policy or channel; empty when all is stopped
     * @param isStopped false when it goes on
     */
    record KillSwitch(Head head, Scope scope, String name, boolean isStopped, String reason) implements Report {

        /** What a kill switch stops. */
        public enum Scope {
            ALL,
            POLICY,
            CHANNEL
        }

        private static final SubjectId NOBODY = new SubjectId("sending", "all");

        @Override
        public SubjectId subject() {
            return NOBODY;
        }
    }
}
