package dev.forestall.value;

import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.value.Entry.Payment;
import java.util.Optional;

/**
 * One line of the ledger: a decision, what was done for it, what that cost, and what came of it. Immutable.
 *
 * @param id of the decision; of a request that a person or a workflow asked for, the request itself
 * @param policy that decided; empty when none did
 * @param customer under the name at the time
 * @param atMillis when, in event time
 * @param group the arm that the customer was assigned to; empty when no policy decided
 * @param action that was chosen; in control, the one that would have been
 * @param valueAtRisk what was at stake; empty when the policy does not say
 * @param request that was made, if one was
 * @param cost of doing it once
 * @param payment whether that cost arose
 * @param result what came of it, when that is known
 */
public record LedgerLine(
        EffectId id,
        String policy,
        SubjectId customer,
        long atMillis,
        Optional<Group> group,
        String action,
        Optional<Money> valueAtRisk,
        Optional<EffectId> request,
        Optional<Money> cost,
        Payment payment,
        Optional<Result> result) {

    /** What came of a decision. @param outcome its declared name @param atMillis when that was certain */
    public record Result(String outcome, boolean success, long atMillis) {}

    static LedgerLine of(Entry.Decided entry) {
        var decision = entry.decision();
        return new LedgerLine(
                decision.id(),
                decision.policy(),
                decision.id().subject(),
                decision.atMillis(),
                Optional.of(decision.group()),
                decision.wouldChoose(),
                decision.valueAtRisk(),
                Optional.empty(),
                Optional.empty(),
                Payment.NO,
                Optional.empty());
    }

    static LedgerLine of(Entry.Requested entry) {
        return new LedgerLine(
                entry.request(),
                "",
                entry.request().subject(),
                entry.atMillis(),
                Optional.empty(),
                entry.action(),
                Optional.empty(),
                Optional.of(entry.request()),
                Optional.of(entry.cost()),
                Payment.NO,
                Optional.empty());
    }

    LedgerLine requested(Entry.Requested entry) {
        return new LedgerLine(
                id,
                policy,
                customer,
                atMillis,
                group,
                entry.action(),
                valueAtRisk,
                Optional.of(entry.request()),
                Optional.of(entry.cost()),
                payment,
                result);
    }

    LedgerLine paid(Payment later) {
        return new LedgerLine(
                id, policy, customer, atMillis, group, action, valueAtRisk, request, cost, payment.then(later), result);
    }

    /** Of several outcomes the first that is known stands. */
    LedgerLine observed(Entry.Observed entry) {
        Result observed = new Result(
                entry.outcome().name(),
                entry.outcome().success(),
                entry.outcome().atMillis());
        return new LedgerLine(
                id,
                policy,
                customer,
                atMillis,
                group,
                action,
                valueAtRisk,
                request,
                cost,
                payment,
                Optional.of(result.orElse(observed)));
    }

    /** What was spent: the cost of what was sent, or may have been. */
    public Optional<Money> spent() {
        return payment == Payment.NO ? Optional.empty() : cost;
    }

    /** What was at stake and turned out well, in whichever arm: what the action brought is the difference of the arms, and not this. */
    public Optional<Money> kept() {
        return result.filter(Result::success).flatMap(success -> valueAtRisk);
    }
}
