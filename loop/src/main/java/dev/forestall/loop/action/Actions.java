package dev.forestall.loop.action;

import dev.forestall.loop.action.Decision.Considered;
import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.InWords;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Moment;
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
    private final List<Cap> caps;
    private final List<Slot<Contacted>> contacted = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param currency in which worth and cost are counted
     * @param policies that decide
     * @param caps on contacts, shared by all policies
     */
    public Actions(Currency currency, List<Policy> policies, List<Cap> caps, Slots slots) {
        this.currency = currency;
        this.caps = List.copyOf(caps);
        caps.forEach(cap -> contacted.add(slots.next(Contacted.MEMORY)));
        policies.forEach(policy -> placed.add(new Placed(policy, slots.next(Contacted.MEMORY))));
    }

    public List<Policy> all() {
        return placed.stream().map(Placed::policy).toList();
    }

    public List<Cap> caps() {
        return caps;
    }

    public void after(Moment moment, ActionFindings findings) {
        if (!moment.subject().isCustomer()) {
            return;
        }
        for (Trigger trigger : findings.triggers()) {
            if (trigger.change() instanceof Trigger.Change.Began) {
                for (Placed each : placed) {
                    if (each.policy.on().contains(trigger.name())) {
                        decide(moment, each, trigger, findings.decisions(), findings.requests());
                    }
                }
            }
        }
    }

    private void decide(
            Moment moment, Placed each, Trigger trigger, List<Decision> decisions, List<ActionRequest> requests) {
        Policy policy = each.policy;
        // A signal about the customer as a whole is about no run in particular.
        moment.focus(trigger.journeyKey().isEmpty() ? null : trigger.journeyKey());
        if (!policy.when().holds(moment) || each.isCoolingDown(moment, trigger)) {
            moment.focus(null);
            return;
        }
        double draw = Draw.of("holdout", policy.name(), moment.subject().key());
        Group group = draw < policy.holdout().value() ? Group.CONTROL : Group.TREATMENT;
        List<Weighed> weighed = policy.candidates().stream()
                .map(candidate -> weigh(moment, policy, candidate))
                .toList();
        Weighed best = group == Group.CONTROL ? null : best(weighed);
        EffectId id = moment.nextEffect();
        decisions.add(new Decision(
                id,
                policy.name(),
                trigger.journeyKey(),
                trigger.atMillis(),
                trigger.id(),
                group,
                draw,
                best == null ? Action.NOTHING : best.candidate.action().name(),
                propensity(policy, group),
                valueAtRisk(moment, policy),
                considered(weighed, best, group),
                trigger.basis()));
        each.remember(moment, trigger);
        if (best != null) {
            request(moment, trigger, id, best.candidate.action(), requests);
        }
        moment.focus(null);
    }

    private void request(
            Moment moment, Trigger trigger, EffectId decision, Action action, List<ActionRequest> requests) {
        requests.add(new ActionRequest(
                moment.nextEffect(),
                decision,
                action.name(),
                action.channel(),
                trigger.journeyKey(),
                trigger.atMillis(),
                action.cost()));
        for (int i = 0; i < caps.size(); i++) {
            Cap cap = caps.get(i);
            if (cap.channel().isEmpty() || cap.channel().equals(action.channel())) {
                moment.cells().open(contacted.get(i), "").add(moment.nowMillis(), cap.times());
            }
        }
    }

    /** One candidate on the scales: its worth, and what stands against it (empty for nothing). */
    private record Weighed(Policy.Candidate candidate, double expectedValueMinor, String obstacle) {}

    private Weighed weigh(Moment moment, Policy policy, Policy.Candidate candidate) {
        double uplift = candidate.uplift() == null ? 0 : candidate.uplift().value(moment);
        moment.weigh(uplift, candidate.action().cost().minor());
        double expectedValue = policy.expectedValueMinor().value(moment);
        moment.weigh(Double.NaN, Double.NaN);
        return new Weighed(candidate, expectedValue, obstacle(moment, candidate, expectedValue));
    }

    private String obstacle(Moment moment, Policy.Candidate candidate, double expectedValue) {
        if (!candidate.when().holds(moment)) {
            return "not possible: " + candidate.whenText();
        }
        for (int i = 0; i < caps.size(); i++) {
            Cap cap = caps.get(i);
            boolean concerns = cap.channel().isEmpty()
                    || cap.channel().equals(candidate.action().channel());
            Contacted earlier = moment.cells().find(contacted.get(i), "");
            if (concerns && earlier != null && earlier.within(moment.nowMillis(), cap.withinMillis()) >= cap.times()) {
                return "capped: " + (cap.channel().isEmpty() ? "any contact" : cap.channel()) + " at most "
                        + cap.times() + " in " + InWords.duration(cap.withinMillis());
            }
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

    private List<Considered> considered(List<Weighed> weighed, @Nullable Weighed best, Group group) {
        List<Considered> all = new ArrayList<>();
        for (Weighed each : weighed) {
            String rejection = !each.obstacle.isEmpty()
                    ? each.obstacle
                    : group == Group.CONTROL
                            ? "held out"
                            : each == best || best == null
                                    ? ""
                                    : best.candidate.action().name() + " is worth more";
            all.add(new Considered(each.candidate.action().name(), money(each.expectedValueMinor), rejection));
        }
        String whyNot = best == null ? "" : best.candidate.action().name() + " is worth more";
        all.add(new Considered(Action.NOTHING, money(0), whyNot));
        return all;
    }

    private static Probability propensity(Policy policy, Group group) {
        double holdout = policy.holdout().value();
        return new Probability(group == Group.CONTROL ? holdout : 1 - holdout);
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
