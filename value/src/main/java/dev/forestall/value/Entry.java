package dev.forestall.value;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.loop.roi.Outcome;
import java.util.Optional;

/** What one effect means for the ledger. Which line it belongs to follows from the effect alone, or from an earlier entry. */
public sealed interface Entry {

    /** A line begins: a policy has decided. As assigned: the arm never changes, whatever happens to the customer later. */
    record Decided(Decision decision) implements Entry {}

    /**
     * Something is to be done, and will cost.
     *
     * @param decision whose line it belongs to; empty when a person or a workflow has asked: then it has a line of its own
     */
    record Requested(EffectId request, Optional<EffectId> decision, long atMillis, String action, Money cost)
            implements Entry {}

    /** It is known whether the cost of a request arose. */
    record Paid(EffectId request, Payment payment) implements Entry {}

    /** It is known what came of a decision. */
    record Observed(Outcome outcome) implements Entry {}

    /** Whether the cost of a request arose. */
    enum Payment {
        /** Nothing was sent. */
        NO,
        /** Something may have been sent. Counts as if it had. */
        PERHAPS,
        /** It was sent. It stays paid, even if it is returned. */
        YES;

        /** What holds when this was known, and another thing comes to be known. */
        public Payment then(Payment later) {
            return this == YES ? YES : later;
        }
    }

    /** What an effect means for the ledger; nothing when it means nothing. */
    static Optional<Entry> of(Effect effect) {
        if (effect instanceof Effect.Decided decided) {
            return decided.decision().isTooLate() ? Optional.empty() : Optional.of(new Decided(decided.decision()));
        }
        if (effect instanceof Effect.ActionRequested requested) {
            return Optional.of(of(requested.request()));
        }
        if (effect instanceof Effect.RequestChanged changed) {
            return payment(changed.change())
                    .map(payment -> new Paid(changed.change().request().id(), payment));
        }
        if (effect instanceof Effect.OutcomeObserved observed) {
            return Optional.of(new Observed(observed.outcome()));
        }
        return Optional.empty();
    }

    private static Entry of(ActionRequest request) {
        return new Requested(
                request.id(),
                request.source() instanceof Source.OfPolicy policy ? Optional.of(policy.decision()) : Optional.empty(),
                request.schedule().atMillis(),
                request.task().action(),
                request.task().cost());
    }

    private static Optional<Payment> payment(RequestChange change) {
        return switch (change) {
            case RequestChange.Moved moved -> payment(moved.stage());
            case RequestChange.Stands stands -> payment(stands.stage());
            case RequestChange.Deferred deferred -> Optional.empty();
            case RequestChange.Held held -> Optional.empty();
            case RequestChange.Resumed resumed -> Optional.empty();
            case RequestChange.Refused refused -> Optional.empty();
            case RequestChange.Outbid outbid -> Optional.empty();
            case RequestChange.Withdrawn withdrawn -> Optional.empty();
            case RequestChange.Expired expired -> Optional.empty();
        };
    }

    private static Optional<Payment> payment(RequestStage stage) {
        return switch (stage) {
            case SENT, DELIVERED -> Optional.of(Payment.YES);
            case UNCERTAIN -> Optional.of(Payment.PERHAPS);
            case FAILED -> Optional.of(Payment.NO);
            case REQUESTED, HELD, DEFERRED, PERMITTED, REFUSED, OUTBID, WITHDRAWN, EXPIRED -> Optional.empty();
        };
    }
}
