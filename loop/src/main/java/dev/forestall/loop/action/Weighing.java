package dev.forestall.loop.action;

import dev.forestall.loop.action.Decision.Considered;
import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.action.Policy.Candidate;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Assignments;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateAnswer.Deferred;
import dev.forestall.loop.gate.GateAnswer.Refused;
import dev.forestall.loop.gate.GateState.Way;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Weighs what a policy could do for the customer of a moment, and says in which group they are. Immutable. */
final class Weighing {

    private final Currency currency;
    private final Requesting requesting;
    private final Assignments assignments;

    /** @param currency in which worth and cost are counted */
    Weighing(Currency currency, Gate gate, Assignments assignments) {
        this.currency = currency;
        this.requesting = new Requesting(gate);
        this.assignments = assignments;
    }

    Requesting requesting() {
        return requesting;
    }

    /** In which group a customer is, and how likely that was. */
    record Arm(Group group, boolean isUniversal, double draw, double propensity) {

        boolean isControl() {
            return group == Group.CONTROL;
        }

        /** Why nothing is done for those in control. */
        String inWords() {
            return isUniversal ? "in the control group" : "in control";
        }
    }

    /** One candidate on the scales: its worth, and what stands against it (empty for nothing). */
    record Weighed(Candidate candidate, Way way, double expectedValueMinor, String obstacle) {

        /** The same with another obstacle in the way, if there is none yet. */
        Weighed butFor(String other) {
            return obstacle.isEmpty() ? new Weighed(candidate, way, expectedValueMinor, other) : this;
        }

        /** What it would do; {@link Action#NOTHING} for nobody. */
        static String name(@Nullable Weighed weighed) {
            return weighed == null ? Action.NOTHING : weighed.candidate.action().name();
        }
    }

    /** First the universal control group, then the policy's own holdout among the rest. Nobody is held out of what is exempt. */
    Arm arm(Moment moment, Policy policy) {
        ControlGroup control = assignments.control();
        if (!policy.candidates().isEmpty()
                && policy.candidates().stream()
                        .allMatch(each -> control.isExempt(each.action().purpose()))) {
            return new Arm(Group.TREATMENT, false, 1, 1);
        }
        double share = control.share().value();
        double controls = share + (1 - share) * policy.heldOut();
        if (assignments.isControl(moment)) {
            return new Arm(Group.CONTROL, true, assignments.draw(moment), controls);
        }
        double draw = Draw.of("holdout", policy.name(), assignments.unit(moment));
        // Those of the holdout lie at the lower end, and who is treated first just above it: when the ramp grows, some
        // join and nobody leaves.
        double holdout = policy.holdout().value();
        double treated = 1 - (1 - holdout) * (1 - policy.ramp().value());
        return draw < holdout || draw >= treated
                ? new Arm(Group.CONTROL, false, draw, controls)
                : new Arm(Group.TREATMENT, false, draw, 1 - controls);
    }

    /** A candidate that goes out by a request: it may wait for as long as it is of use. */
    Weighed ofRequest(Moment moment, Policy policy, Candidate candidate) {
        Action action = candidate.action();
        return weigh(moment, policy, candidate, requesting.ask(moment, action), deferred -> {
            boolean isInTime =
                    deferred.isUntilTold() || deferred.untilMillis() < moment.nowMillis() + action.expiresMillis();
            return isInTime ? "" : "expires before it may go out: " + deferred.inWords();
        });
    }

    /** A candidate that is shown to a customer who is there now: what has to wait is of no use. */
    Weighed inSession(Moment moment, Policy policy, Candidate candidate) {
        return weigh(moment, policy, candidate, requesting.askInSession(moment, candidate.action()), Deferred::inWords);
    }

    private static Weighed weigh(
            Moment moment, Policy policy, Candidate candidate, Way way, Function<Deferred, String> waiting) {
        double uplift = candidate.uplift() == null ? 0 : candidate.uplift().value(moment);
        moment.weigh(uplift, candidate.action().cost().minor());
        double expectedValue = policy.expectedValueMinor().value(moment);
        moment.weigh(Double.NaN, Double.NaN);
        return new Weighed(candidate, way, expectedValue, obstacle(moment, candidate, way, expectedValue, waiting));
    }

    private static String obstacle(
            Moment moment, Candidate candidate, Way way, double expectedValue, Function<Deferred, String> waiting) {
        if (!candidate.when().holds(moment)) {
            return "not possible: " + candidate.whenText();
        }
        if (way.answer() instanceof Refused refused) {
            return refused.inWords();
        }
        String wait = way.answer() instanceof Deferred deferred ? waiting.apply(deferred) : "";
        if (!wait.isEmpty()) {
            return wait;
        }
        if (!Money.isAmount(expectedValue)) {
            return "its worth is unknown";
        }
        return expectedValue <= 0 ? "not worth its cost" : "";
    }

    /** The one of the highest worth that nothing stands against; of equals the first. Null when there is none. */
    static @Nullable Weighed best(List<Weighed> weighed) {
        Weighed best = null;
        for (Weighed each : weighed) {
            if (each.obstacle().isEmpty() && (best == null || each.expectedValueMinor() > best.expectedValueMinor())) {
                best = each;
            }
        }
        return best;
    }

    /**
     * All candidates for the record, and nothing behind them.
     *
     * @param chosen what is done; null for nothing
     * @param rejection why a candidate is not chosen, for people; empty for the chosen one
     */
    List<Considered> considered(List<Weighed> weighed, @Nullable Weighed chosen, Function<Weighed, String> rejection) {
        List<Considered> all = new ArrayList<>();
        for (Weighed each : weighed) {
            all.add(new Considered(Weighed.name(each), money(each.expectedValueMinor()), rejection.apply(each)));
        }
        all.add(new Considered(
                Action.NOTHING, money(0), chosen == null ? "" : Weighed.name(chosen) + " is worth more"));
        return all;
    }

    Optional<Money> valueAtRisk(Moment moment, Policy policy) {
        return policy.valueAtRiskMinor() == null
                ? Optional.empty()
                : money(policy.valueAtRiskMinor().value(moment));
    }

    Optional<Money> money(double minor) {
        return Money.isAmount(minor) ? Optional.of(Money.ofMinor(minor, currency)) : Optional.empty();
    }
}
