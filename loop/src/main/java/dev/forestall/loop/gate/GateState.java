package dev.forestall.loop.gate;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.expression.Moment;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a customer's gate is asked and told. All of it is about the customer of the moment, and remembered in their state. */
public interface GateState {

    /**
     * Whether a customer may be reached now, {@link Moment#nowMillis}. Changes nothing.
     *
     * @return {@link GateAnswer#ALLOWED}, or the first rule that refuses, or else the first that defers
     */
    GateAnswer ask(Moment moment, Proposal proposal);

    /**
     * Asks for the channels of an action in their order: the first that is allowed is taken, else the one that is deferred for the shortest
     * time, else the first.
     *
     * @param channels in order of preference, at least one; a channel of {@code ""} reaches nobody
     */
    Way ask(Moment moment, Proposal proposal, List<String> channels);

    /**
     * As {@link #ask(Moment, Proposal, List)}, about a request that counts already.
     *
     * @param request does not stand in its own way
     */
    Way askAgain(Moment moment, EffectId request, Proposal proposal, List<String> channels);

    /**
     * A channel and what the gate says about it.
     *
     * @param proposal on that channel
     */
    record Way(Proposal proposal, GateAnswer answer) {}

    /** Counts a permitted request in the caps until it is known whether it reached the customer, or until the end of a reservation. */
    void reserve(Moment moment, EffectId request, Proposal proposal, long untilMillis);

    /**
     * Counts a request that nobody will send, because it follows from history: for what else follows from history, as if it had been sent.
     */
    void assume(Moment moment, EffectId request, Proposal proposal);

    /** The request reached the customer, or may have. It counts from then on, reserved before or not. */
    void consume(Moment moment, EffectId request, Proposal proposal, long atMillis);

    /** Where the customer is; where the pack says they are when that is not known. */
    ZoneId zone(Moment moment);

    /** The language that the customer understands, as BCP 47 writes it; empty when that is not known. */
    String language(Moment moment);

    /** The channel that the customer has said they prefer for a purpose. */
    Optional<String> preferred(Moment moment, String purpose);

    /** The request is known under another id from now on. */
    void rename(Moment moment, EffectId request, EffectId newId);

    /** It is certain that the request did not reach the customer. It counts no more. */
    void release(Moment moment, EffectId request);

    /** The customer says what they agree to. */
    void say(Moment moment, Consent consent);

    /**
     * Something was reported after which the customer is not to be contacted for some time.
     *
     * @param channel which channel; empty for every one
     * @param cause what was reported: {@code message_bounced}
     * @param forMillis for how long from then on
     */
    void suppress(Moment moment, String channel, String cause, long atMillis, long forMillis);
}
