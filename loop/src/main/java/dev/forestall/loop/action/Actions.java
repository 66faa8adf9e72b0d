package dev.forestall.loop.action;

import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.Weighing.Arm;
import dev.forestall.loop.action.Weighing.Weighed;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Assignments;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer.Refused;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.risk.Risks;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.trigger.Trigger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The action stage: decides on what has triggered. Immutable. */
public final class Actions {

    private final Weighing weighing;
    private final InSession inSession;
    private final List<Policy> policies;
    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param currency in which worth and cost are counted
     * @param policies that decide
     * @param gate that says whether a customer may be reached
     * @param assignments who is in the universal control group
     * @param risks where probabilities are known
     */
    public Actions(
            Currency currency, List<Policy> policies, Gate gate, Assignments assignments, Risks risks, Slots slots) {
        this.policies = List.copyOf(policies);
        this.weighing = new Weighing(currency, gate, assignments);
        policies.stream()
                .filter(policy -> policy.inSession() == null)
                .forEach(policy ->
                        placed.add(new Placed(policy, slots.next("policy." + policy.name(), Contacted.MEMORY))));
        this.inSession = new InSession(policies, gate, weighing, risks, slots);
    }

    public List<Policy> all() {
        return policies;
    }

    /**
     * Decides on what has triggered at the moment. Of all that is to be done for the customer at this instant, one goes on; the other policies are
     * outbid.
     */
    public void after(Moment moment, ActionFindings findings) {
        if (!moment.subject().isCustomer()) {
            return;
        }
        if (!findings.triggers().isEmpty()) {
            inSession.forget(moment);
        }
        List<Choice> choices = new ArrayList<>();
        for (Trigger trigger : findings.triggers()) {
            if (trigger.change() instanceof Trigger.Change.Began) {
                for (Placed each : placed) {
                    if (each.policy.on().contains(trigger.name())) {
                        choose(moment, each, trigger, choices);
                    }
                }
            }
        }
        Choice winner = winner(choices);
        for (Choice each : choices) {
            conclude(moment, each, isOutbid(each, winner) ? winner : null, findings);
        }
    }

    /**
     * What one policy would do, before it is known what others would do at the same instant.
     *
     * @param best what is to be done for those who are treated; null for nothing
     * @param isTooLate whether the trigger was too old when it came to be known, so that nothing is done
     */
    private record Choice(
            Policy policy,
            Trigger trigger,
            Arm arm,
            List<Weighed> weighed,
            @Nullable Weighed best,
            Optional<Money> valueAtRisk,
            boolean isTooLate) {

        /** What goes out unless somebody else has priority; null for nothing. */
        @Nullable
        Weighed bid() {
            return arm.isControl() ? null : best;
        }
    }

    private void choose(Moment moment, Placed each, Trigger trigger, List<Choice> choices) {
        Policy policy = each.policy;
        // A signal about the customer as a whole is about no run in particular.
        moment.focus(trigger.journeyKey().isEmpty() ? null : trigger.journeyKey());
        if (policy.when().holds(moment) && !each.isCoolingDown(moment, trigger)) {
            boolean isTooLate = moment.receipt().ageMillis(trigger.atMillis()) > policy.maxAgeMillis();
            List<Weighed> weighed = policy.candidates().stream()
                    .map(candidate -> weighing.ofRequest(moment, policy, candidate))
                    .map(candidate -> isTooLate ? candidate.butFor("too late") : candidate)
                    .toList();
            choices.add(new Choice(
                    policy,
                    trigger,
                    weighing.arm(moment, policy),
                    weighed,
                    Weighing.best(weighed),
                    weighing.valueAtRisk(moment, policy),
                    isTooLate));
            if (!isTooLate) {
                each.remember(moment, trigger);
            }
        }
        moment.focus(null);
    }

    /** The best by priority, then by expected value, then in the order of the policies. What the law demands bids for nothing. */
    private static @Nullable Choice winner(List<Choice> choices) {
        Choice winner = null;
        for (Choice each : choices) {
            if (bids(each) && (winner == null || isAhead(each, winner))) {
                winner = each;
            }
        }
        return winner;
    }

    private static boolean bids(Choice choice) {
        Weighed bid = choice.bid();
        return bid != null && !bid.candidate().action().purpose().ignoresCaps();
    }

    private static boolean isAhead(Choice one, Choice other) {
        Weighed bid = one.bid();
        Weighed others = other.bid();
        if (bid == null || others == null) {
            return others == null;
        }
        int priority = one.policy.priority(bid.candidate().action());
        int othersPriority = other.policy.priority(others.candidate().action());
        return priority > othersPriority
                || priority == othersPriority && bid.expectedValueMinor() > others.expectedValueMinor();
    }

    private static boolean isOutbid(Choice choice, @Nullable Choice winner) {
        return bids(choice) && choice != winner;
    }

    /** @param winner who has priority; null when nobody has */
    private void conclude(Moment moment, Choice choice, @Nullable Choice winner, ActionFindings findings) {
        Weighed chosen = winner == null ? choice.bid() : null;
        EffectId id = moment.nextEffect();
        findings.decisions()
                .add(new Decision(
                        id,
                        choice.policy.name(),
                        choice.trigger.journeyKey(),
                        choice.trigger.atMillis(),
                        Optional.of(choice.trigger.id()),
                        choice.arm.group(),
                        choice.arm.isUniversal(),
                        choice.arm.draw(),
                        Weighed.name(chosen),
                        Weighed.name(choice.best),
                        new Probability(choice.arm.propensity()),
                        choice.valueAtRisk,
                        weighing.considered(choice.weighed, chosen, each -> rejection(choice, each, winner)),
                        choice.trigger.basis(),
                        choice.isTooLate));
        if (chosen != null) {
            request(moment, choice, id, chosen, findings.requests());
        }
    }

    private void request(
            Moment moment, Choice choice, EffectId decision, Weighed chosen, List<ActionRequest> requests) {
        Trigger trigger = choice.trigger;
        moment.focus(trigger.journeyKey().isEmpty() ? null : trigger.journeyKey());
        requests.add(weighing.requesting()
                .request(
                        moment,
                        chosen.candidate().action(),
                        chosen.way(),
                        new Source.OfPolicy(
                                decision, choice.policy.name(), trigger.name().text(), trigger.id()),
                        trigger.journeyKey(),
                        trigger.atMillis(),
                        choice.policy.priority(chosen.candidate().action()),
                        weighing.money(chosen.expectedValueMinor())));
        moment.focus(null);
    }

    private static String rejection(Choice choice, Weighed each, @Nullable Choice winner) {
        if (!each.obstacle().isEmpty()) {
            return each.obstacle();
        }
        if (choice.arm.isControl()) {
            return choice.arm.inWords();
        }
        if (each != choice.best) {
            return Weighed.name(choice.best) + " is worth more";
        }
        return winner == null
                ? ""
                : new Refused(GateRule.OUTBID, winner.policy.name() + ": " + Weighed.name(winner.bid())).inWords();
    }

    /** One policy, and when it last decided on each run. */
    private record Placed(Policy policy, Slot<Contacted> slot) {

        boolean isCoolingDown(Moment moment, Trigger trigger) {
            Contacted earlier = moment.cells().find(slot, trigger.journeyKey());
            return earlier != null && earlier.within(trigger.atMillis(), policy.cooldownMillis()) > 0;
        }

        void remember(Moment moment, Trigger trigger) {
            if (policy.cooldownMillis() > 0) {
                moment.cells().open(slot, trigger.journeyKey()).add(trigger.atMillis(), 1);
                moment.cells().wake(slot, trigger.journeyKey(), trigger.atMillis() + policy.cooldownMillis());
            }
        }
    }

    /** What is known when a page or an app asks one of the policies that decide in session. Changes nothing. */
    public SessionAnswer asked(Moment moment, String policy) {
        return inSession.answer(moment, policy);
    }

    /** A page or an app asks, or somebody says what became of an answer. */
    public void reported(Moment moment, Report report, ActionFindings findings) {
        if (moment.subject().isCustomer()) {
            inSession.reported(moment, report, findings.decisions());
        }
    }

    /** Forgets decisions whose rest is over. */
    public void due(Moment moment) {
        inSession.due(moment);
        for (Placed each : placed) {
            String key = moment.cells().firstDue(each.slot, moment.atMillis());
            while (key != null) {
                moment.cells().drop(each.slot, key);
                key = moment.cells().firstDue(each.slot, moment.atMillis());
            }
        }
    }
}
