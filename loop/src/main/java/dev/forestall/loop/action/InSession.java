package dev.forestall.loop.action;

import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.action.Weighing.Arm;
import dev.forestall.loop.action.Weighing.Weighed;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.Proposal;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.risk.Risks;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.trigger.Basis;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides for customers who are there now, when a page or an app asks. What was decided stands for a while, so that a page shown again says the
 * same; it falls as soon as a signal or a risk of the customer changes, or somebody works on their case. Nothing is requested: what was chosen is shown by
 * whoever has asked. Immutable.
 */
final class InSession {

    private final SortedMap<String, Placed> placed = new TreeMap<>();
    private final Gate gate;
    private final Weighing weighing;
    private final Risks risks;

    private record Placed(Policy policy, Policy.InSession asked, Slot<Held> slot) {}

    /**
     * @param policies of which those are taken that are asked in session
     * @param risks where probabilities are known
     */
    InSession(List<Policy> policies, Gate gate, Weighing weighing, Risks risks, Slots slots) {
        this.gate = gate;
        this.weighing = weighing;
        this.risks = risks;
        for (Policy policy : policies) {
            Policy.InSession asked = policy.inSession();
            if (asked != null) {
                placed.put(
                        policy.name(), new Placed(policy, asked, slots.next("policy." + policy.name(), Held.MEMORY)));
            }
        }
    }

    /** What is known when somebody asks. Changes nothing. */
    SessionAnswer answer(Moment moment, String policy) {
        Placed each = placed.get(policy);
        if (each == null) {
            return new SessionAnswer.NotMeant();
        }
        Held held = standing(moment, each);
        if (held != null) {
            return new SessionAnswer.Decided(
                    held.decision(),
                    held.chosen,
                    held.channel,
                    action(each.policy, held.chosen)
                            .map(action -> action.task(moment).parameters())
                            .orElse(List.of()),
                    held.isControl ? Group.CONTROL : Group.TREATMENT,
                    new Probability(held.propensity),
                    held.isShown,
                    held.untilMillis);
        }
        return each.policy.when().holds(moment) ? new SessionAnswer.Open() : new SessionAnswer.NotMeant();
    }

    private static @Nullable Held standing(Moment moment, Placed each) {
        Held held = moment.cells().find(each.slot, "");
        return held != null && moment.nowMillis() < held.untilMillis ? held : null;
    }

    private static Optional<Action> action(Policy policy, String name) {
        return policy.candidates().stream()
                .map(Policy.Candidate::action)
                .filter(action -> action.name().equals(name))
                .findFirst();
    }

    /** Somebody asks, or says what became of an answer. */
    void reported(Moment moment, Report report, List<Decision> decisions) {
        if (placed.isEmpty()) {
            return;
        }
        switch (report) {
            case Report.Asked asked -> asked(moment, asked, decisions);
            case Report.Served served -> shown(moment, served);
            case Report.NotServed not -> notShown(moment, not);
            case Report.CaseClaimed claimed -> forget(moment);
            case Report.CaseDone done -> forget(moment);
            default -> {}
        }
    }

    private void asked(Moment moment, Report.Asked asked, List<Decision> decisions) {
        Placed each = placed.get(asked.policy());
        if (each == null) {
            return;
        }
        Held held = standing(moment, each);
        if (held == null) {
            if (!each.policy.when().holds(moment)) {
                return;
            }
            held = decide(moment, each, decisions);
        }
        if (!asked.isOffer() && !held.isShown) {
            show(moment, each.policy, held.decision(), held.chosen, held.channel);
            held.isShown = true;
        }
    }

    private Held decide(Moment moment, Placed each, List<Decision> decisions) {
        Policy policy = each.policy;
        List<Weighed> weighed = policy.candidates().stream()
                .map(candidate -> weighing.inSession(moment, policy, candidate))
                .toList();
        Weighed best = Weighing.best(weighed);
        Arm arm = weighing.arm(moment, policy);
        Weighed chosen = arm.isControl() ? null : best;
        EffectId id = moment.nextEffect();
        var known = risks.known(moment);
        decisions.add(new Decision(
                id,
                policy.name(),
                "",
                moment.nowMillis(),
                Optional.empty(),
                arm.group(),
                arm.isUniversal(),
                arm.draw(),
                Weighed.name(chosen),
                Weighed.name(best),
                new Probability(arm.propensity()),
                weighing.valueAtRisk(moment, policy),
                weighing.considered(weighed, chosen, one -> rejection(one, arm, best)),
                known.isEmpty() ? Basis.NONE : new Basis(known, List.of()),
                false));
        Held held = moment.cells().open(each.slot, "");
        held.customer = id.subject().key();
        held.position = id.position();
        held.index = id.index();
        held.chosen = Weighed.name(chosen);
        held.channel = chosen == null ? "" : chosen.way().proposal().channel();
        held.isControl = arm.isControl();
        held.propensity = arm.propensity();
        held.isShown = false;
        held.atMillis = moment.nowMillis();
        held.untilMillis = moment.nowMillis() + each.asked.holdMillis();
        moment.cells().wake(each.slot, "", held.untilMillis);
        return held;
    }

    private static String rejection(Weighed each, Arm arm, @Nullable Weighed best) {
        if (!each.obstacle().isEmpty()) {
            return each.obstacle();
        }
        if (arm.isControl()) {
            return arm.inWords();
        }
        return each == best ? "" : Weighed.name(best) + " is worth more";
    }

    private void shown(Moment moment, Report.Served served) {
        Placed each = placed.get(served.policy());
        if (each == null) {
            return;
        }
        Held held = moment.cells().find(each.slot, "");
        if (held != null && held.is(served.decision())) {
            if (!held.isShown) {
                show(moment, each.policy, held.decision(), held.chosen, held.channel);
                moment.cells().open(each.slot, "").isShown = true;
            }
        } else {
            // It stands no more, and was shown all the same.
            show(moment, each.policy, served.decision(), served.action(), "");
        }
    }

    /** From now on it counts in caps. */
    private void show(Moment moment, Policy policy, EffectId decision, String chosen, String channel) {
        action(policy, chosen).ifPresent(action -> {
            Proposal proposal =
                    channel.isEmpty() ? action.proposal() : action.proposal().on(channel);
            gate.consume(moment, decision, proposal, moment.nowMillis());
        });
    }

    private void notShown(Moment moment, Report.NotServed not) {
        Placed each = placed.get(not.policy());
        if (each != null) {
            gate.release(moment, not.decision());
            Held held = moment.cells().find(each.slot, "");
            if (held != null && held.is(not.decision())) {
                moment.cells().open(each.slot, "").isShown = false;
            }
        }
    }

    /** Something about the customer has changed: the next question is answered anew. */
    void forget(Moment moment) {
        for (Placed each : placed.values()) {
            moment.cells().drop(each.slot, "");
        }
    }

    /** Forgets what stands no longer. */
    void due(Moment moment) {
        for (Placed each : placed.values()) {
            if (moment.cells().wakeOf(each.slot, "") <= moment.atMillis()) {
                moment.cells().drop(each.slot, "");
            }
        }
    }
}
