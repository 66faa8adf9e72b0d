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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes requests out of actions, and counts them in caps until it is known what has become of them. Immutable. */
final class Requesting {

    private final Gate gate;

    Requesting(Gate gate) {
        this.gate = gate;
    }

    /** What the gate says about an action for the customer of the moment. */
    Way ask(Moment moment, Action action) {
        return gate.ask(moment, action.proposal(), action.channels(moment));
    }

    /**
     * A request for an action.
     *
     * @param way the channel, and what the gate says about it; it does not refuse
     * @param atMillis when it was requested
     */
    ActionRequest request(
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
        long due = way.answer() instanceof Deferred deferred && !deferred.isUntilTold() ? deferred.untilMillis() : now;
        if (moment.receipt().isLive()) {
            // What is decided a second later must know of it.
            gate.reserve(moment, id, way.proposal(), expires);
        } else {
            gate.assume(moment, id, way.proposal());
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
                        ""),
                journeyKey,
                expectedValue,
                new Schedule(atMillis, due, expires, action.withdrawal().text()),
                moment.receipt().isLive());
    }

    /** In order of preference, the one first on which it would go out by now. */
    private static List<String> channels(Moment moment, Action action, Way way) {
        List<String> channels = new ArrayList<>(action.channels(moment));
        channels.remove(way.proposal().channel());
        channels.addFirst(way.proposal().channel());
        return channels;
    }
}
