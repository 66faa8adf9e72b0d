package dev.forestall.loop.action;

import dev.forestall.loop.action.ActionRequest.Reach;
import dev.forestall.loop.action.ActionRequest.Schedule;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer.Deferred;
import dev.forestall.loop.gate.GateState.Way;
import dev.forestall.loop.gate.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes requests out of actions, and counts them in caps until it is known what has become of them. Immutable. */
public final class Requesting {

    private final Gate gate;

    public Requesting(Gate gate) {
        this.gate = gate;
    }

    /** What the gate says about an action for the customer of the moment. */
    public Way ask(Moment moment, Action action) {
        return gate.ask(moment, action.proposal(), channels(moment, action));
    }

    /** As {@link #ask}, for a customer who is there now: nobody is disturbed, so neither quiet hours nor calendars stand in the way. */
    Way askInSession(Moment moment, Action action) {
        Proposal proposal = action.proposal();
        return gate.ask(
                moment,
                new Proposal(proposal.purpose().inSession(), proposal.channel(), proposal.uses(), false),
                channels(moment, action));
    }

    /**
     * As {@link #ask}, for a request that counts in caps already.
     *
     * @param request does not stand in its own way
     * @param isApproved whether a person has approved it
     */
    public Way askAgain(Moment moment, Action action, EffectId request, boolean isApproved) {
        Proposal proposal = isApproved ? action.proposal().approved() : action.proposal();
        return gate.askAgain(moment, request, proposal, channels(moment, action));
    }

    private List<String> channels(Moment moment, Action action) {
        return action.channels(
                moment, gate.preferred(moment, action.purpose().name()).orElse(null));
    }

    /**
     * A request for an action.
     *
     * @param way the channel, and what the gate says about it
     * @param atMillis when it was requested
     */
    public ActionRequest request(
            Moment moment,
            Action action,
            Way way,
            Source source,
            String journeyKey,
            long atMillis,
            int priority,
            Optional<Money> expectedValue) {
        EffectId id = moment.nextEffect();
        long now = moment.nowMillis();
        long expires = now + action.expiresMillis();
        long due = way.answer() instanceof Deferred deferred && !deferred.isUntilTold()
                ? deferred.untilMillis()
                : atMillis;
        if (!way.answer().isRefused()) {
            count(moment, id, way, expires);
        }
        return new ActionRequest(
                id,
                source,
                action.task(moment),
                new Reach(
                        action.purpose().name(),
                        priority,
                        channels(moment, action, way),
                        gate.zone(moment).getId(),
                        gate.language(moment)),
                journeyKey,
                expectedValue,
                new Schedule(atMillis, due, expires, action.withdrawal().text()),
                moment.receipt().isLive());
    }

    /** What is decided a second later must know of it. */
    private void count(Moment moment, EffectId id, Way way, long expiresMillis) {
        if (moment.receipt().isLive()) {
            gate.reserve(moment, id, way.proposal(), expiresMillis);
        } else {
            gate.assume(moment, id, way.proposal());
        }
    }

    /** In order of preference, the one first on which it would go out by now. */
    private List<String> channels(Moment moment, Action action, Way way) {
        List<String> channels = new ArrayList<>(channels(moment, action));
        channels.remove(way.proposal().channel());
        channels.addFirst(way.proposal().channel());
        return channels;
    }
}
