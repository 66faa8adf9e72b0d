package dev.forestall.loop.action;

import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.Decision.Considered;
import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Assignments;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer.Deferred;
import dev.forestall.loop.gate.GateAnswer.Refused;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.gate.GateState.Way;
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

    private final Currency currency;
    private final Requesting requesting;
    private final Assignments assignments;
    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param currency in which worth and cost are counted
     * @param policies that decide
     * @param gate that says whether a customer may be reached
     * @param assignments who is in the universal control group
     */
    public Actions(Currency currency, List<Policy> policies, Gate gate, Assignments assignments, Slots slots) {
        this.currency = currency;
        this.requesting = new Requesting(gate);
        this.assignments = assignments;
        policies.forEach(policy ->
                placed.add(new Placed(policy, slots.next("policy." + policy.name(), Contacted.MEMORY))));
    }

    public List<Policy> all() {
        return placed.stream().map(Placed::policy).toList();
    }

    /**
     * Decides on what has triggered at the moment. Of all that is to be done for the customer at this instant, one goes on; the other policies are
     * outbid.
     */
    public void after(Moment moment, ActionFindings findings) {
        if (!moment.subject().isCustomer()) {
            return;
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
            return arm.group == Group.CONTROL ? null : best;
        }
    }

    /** In which group a customer is, and how likely that was. */
    private record Arm(Group group, boolean isUniversal, double draw, double propensity) {}

    private void choose(Moment moment, Placed each, Trigger trigger, List<Choice> choices) {
        Policy policy = each.policy;
        // A signal about the customer as a whole is about no run in particular.
        moment.focus(trigger.journeyKey().isEmpty() ? null : trigger.journeyKey());
        if (policy.when().holds(moment) && !each.isCoolingDown(moment, trigger)) {
            boolean isTooLate = moment.receipt().ageMillis(trigger.atMillis()) > policy.maxAgeMillis();
            List<Weighed> weighed = policy.candidates().stream()
                    .map(candidate -> weigh(moment, policy, candidate))
                    .map(candidate -> isTooLate ? candidate.butFor("too late") : candidate)
                    .toList();
            choices.add(new Choice(
                    policy,
                    trigger,
                    arm(moment, policy),
                    weighed,
                    best(weighed),
                    valueAtRisk(moment, policy),
                    isTooLate));
            if (!isTooLate) {
                each.remember(moment, trigger);
            }
        }
        moment.focus(null);
    }

    /** First the universal control group, then the policy's own holdout among the rest. Nobody is held out of what is exempt. */
    private Arm arm(Moment moment, Policy policy) {
        ControlGroup control = assignments.control();
        if (!policy.candidates().isEmpty()
                && policy.candidates().stream()
                        .allMatch(each -> control.isExempt(each.action().purpose()))) {
            return new Arm(Group.TREATMENT, false, 1, 1);
        }
        double share = control.share().value();
        double controls = share + (1 - share) * policy.holdout().value();
        if (assignments.isControl(moment)) {
            return new Arm(Group.CONTROL, true, assignments.draw(moment), controls);
        }
        double draw = Draw.of("holdout", policy.name(), assignments.unit(moment));
        return draw < policy.holdout().value()
                ? new Arm(Group.CONTROL, false, draw, controls)
                : new Arm(Group.TREATMENT, false, draw, 1 - controls);
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
        return bid != null && !bid.candidate.action().purpose().ignoresCaps();
    }

    private static boolean isAhead(Choice one, Choice other) {
        Weighed bid = one.bid();
        Weighed others = other.bid();
        if (bid == null || others == null) {
            return others == null;
        }
        int priority = one.policy.priority(bid.candidate.action());
        int othersPriority = other.policy.priority(others.candidate.action());
        return priority > othersPriority
                || priority == othersPriority && bid.expectedValueMinor > others.expectedValueMinor;
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
                        choice.trigger.id(),
                        choice.arm.group,
                        choice.arm.isUniversal,
                        choice.arm.draw,
                        name(chosen),
                        name(choice.best),
                        new Probability(choice.arm.propensity),
                        choice.valueAtRisk,
                        considered(choice, chosen, winner),
                        choice.trigger.basis(),
                        choice.isTooLate));
        if (chosen != null) {
            request(moment, choice, id, chosen, findings.requests());
        }
    }

    private static String name(@Nullable Weighed weighed) {
        return weighed == null ? Action.NOTHING : weighed.candidate.action().name();
    }

    private void request(
            Moment moment, Choice choice, EffectId decision, Weighed chosen, List<ActionRequest> requests) {
        Trigger trigger = choice.trigger;
        moment.focus(trigger.journeyKey().isEmpty() ? null : trigger.journeyKey());
        requests.add(requesting.request(
                moment,
                chosen.candidate.action(),
                chosen.way,
                new Source.OfPolicy(
                        decision, choice.policy.name(), trigger.name().text(), trigger.id()),
                trigger.journeyKey(),
                trigger.atMillis(),
                choice.policy.priority(chosen.candidate.action()),
                money(chosen.expectedValueMinor)));
        moment.focus(null);
    }

    /** One candidate on the scales: its worth, and what stands against it (empty for nothing). */
    private record Weighed(Policy.Candidate candidate, Way way, double expectedValueMinor, String obstacle) {

        /** The same with another obstacle in the way, if there is none yet. */
        Weighed butFor(String other) {
            return obstacle.isEmpty() ? new Weighed(candidate, way, expectedValueMinor, other) : this;
        }
    }

    private Weighed weigh(Moment moment, Policy policy, Policy.Candidate candidate) {
        double uplift = candidate.uplift() == null ? 0 : candidate.uplift().value(moment);
        moment.weigh(uplift, candidate.action().cost().minor());
        double expectedValue = policy.expectedValueMinor().value(moment);
        moment.weigh(Double.NaN, Double.NaN);
        Action action = candidate.action();
        Way way = requesting.ask(moment, action);
        return new Weighed(candidate, way, expectedValue, obstacle(moment, candidate, way, expectedValue));
    }

    private static String obstacle(Moment moment, Policy.Candidate candidate, Way way, double expectedValue) {
        if (!candidate.when().holds(moment)) {
            return "not possible: " + candidate.whenText();
        }
        if (way.answer() instanceof Refused refused) {
            return refused.inWords();
        }
        if (way.answer() instanceof Deferred deferred
                && !deferred.isUntilTold()
                && deferred.untilMillis()
                        >= moment.nowMillis() + candidate.action().expiresMillis()) {
            return "expires before it may go out: " + deferred.inWords();
        }
        if (!Money.isAmount(expectedValue)) {
            return "its worth is unknown";
        }
        return expectedValue <= 0 ? "not worth its cost" : "";
    }

    private static @Nullable Weighed best(List<Weighed> weighed) {
        Weighed best = null;
        for (Weighed each : weighed) {
            if (each.obstacle.isEmpty() && (best == null || each.expectedValueMinor > best.expectedValueMinor)) {
                best = each;
            }
        }
        return best;
    }

    private List<Considered> considered(Choice choice, @Nullable Weighed chosen, @Nullable Choice winner) {
        List<Considered> all = new ArrayList<>();
        for (Weighed each : choice.weighed) {
            all.add(new Considered(
                    name(each), money(each.expectedValueMinor), rejection(choice, each, chosen, winner)));
        }
        all.add(new Considered(Action.NOTHING, money(0), chosen == null ? "" : name(chosen) + " is worth more"));
        return all;
    }

    private static String rejection(Choice choice, Weighed each, @Nullable Weighed chosen, @Nullable Choice winner) {
        if (!each.obstacle.isEmpty()) {
            return each.obstacle;
        }
        if (choice.arm.group == Group.CONTROL) {
            return choice.arm.isUniversal ? "in the control group" : "in control";
        }
        if (each != choice.best) {
            return name(choice.best) + " is worth more";
        }
        return winner == null
                ? ""
                : new Refused(GateRule.OUTBID, winner.policy.name() + ": " + name(winner.bid())).inWords();
    }

    private Optional<Money> valueAtRisk(Moment moment, Policy policy) {
        return policy.valueAtRiskMinor() == null
                ? Optional.empty()
                : money(policy.valueAtRiskMinor().value(moment));
    }

    private Optional<Money> money(double minor) {
        return Money.isAmount(minor) ? Optional.of(Money.ofMinor(minor, currency)) : Optional.empty();
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

    /** Forgets decisions whose rest is over. */
    public void due(Moment moment) {
        for (Placed each : placed) {
            String key = moment.cells().firstDue(each.slot, moment.atMillis());
            while (key != null) {
                moment.cells().drop(each.slot, key);
                key = moment.cells().firstDue(each.slot, moment.atMillis());
            }
        }
    }
}
