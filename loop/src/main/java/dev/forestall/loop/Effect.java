package dev.forestall.loop;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Sample;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Signal;

/** What a step wants known or done outside the subject. Each has an id that is the same whenever it is computed. */
public sealed interface Effect {

    /** Names it; tells on whom it is and by which input it came about. */
    EffectId id();

    /** When it was so, in event time. */
    long atMillis();

    default SubjectId subject() {
        return id().subject();
    }

    /** A customer started, moved in or ended a journey. */
    record Transitioned(Transition transition) implements Effect {
        @Override
        public EffectId id() {
            return transition.id();
        }

        @Override
        public long atMillis() {
            return transition.atMillis();
        }
    }

    /** A signal was raised, ended or withdrawn. */
    record SignalChanged(Signal signal) implements Effect {
        @Override
        public EffectId id() {
            return signal.id();
        }

        @Override
        public long atMillis() {
            return signal.atMillis();
        }
    }

    /** A customer has come to be affected by a signal of others, or is so no longer. */
    record ContextChanged(ContextChange change) implements Effect {
        @Override
        public EffectId id() {
            return change.id();
        }

        @Override
        public long atMillis() {
            return change.atMillis();
        }
    }

    /** What was known at a moment, or what came of it: only while something is learned. */
    record Sampled(Sample sample) implements Effect {
        @Override
        public EffectId id() {
            return sample.id();
        }

        @Override
        public long atMillis() {
            return sample.atMillis();
        }
    }

    /** A risk has crossed a level. */
    record RiskChanged(Risk risk) implements Effect {
        @Override
        public EffectId id() {
            return risk.id();
        }

        @Override
        public long atMillis() {
            return risk.atMillis();
        }
    }

    /** Why a risk is what it is. */
    record Explained(Explanation explanation) implements Effect {
        @Override
        public EffectId id() {
            return explanation.id();
        }

        @Override
        public long atMillis() {
            return explanation.atMillis();
        }
    }

    /** An alert was raised, merged, escalated, resolved or suppressed. */
    record AlertChanged(Alert alert) implements Effect {
        @Override
        public EffectId id() {
            return alert.id();
        }

        @Override
        public long atMillis() {
            return alert.atMillis();
        }
    }

    /** A customer was put into the universal control group, or into the rest. */
    record Assigned(Assignment assignment) implements Effect {
        @Override
        public EffectId id() {
            return assignment.id();
        }

        @Override
        public long atMillis() {
            return assignment.atMillis();
        }
    }

    /** A choice was made. */
    record Decided(Decision decision) implements Effect {
        @Override
        public EffectId id() {
            return decision.id();
        }

        @Override
        public long atMillis() {
            return decision.atMillis();
        }
    }

    /** An action is to be performed, once it is permitted. */
    record ActionRequested(ActionRequest request) implements Effect {
        @Override
        public EffectId id() {
            return request.id();
        }

        @Override
        public long atMillis() {
            return request.schedule().atMillis();
        }
    }

    /** A request may be sent now. */
    record Permitted(Permit permit) implements Effect {
        @Override
        public EffectId id() {
            return permit.id();
        }

        @Override
        public long atMillis() {
            return permit.atMillis();
        }
    }

    /** Something else has become of a request. */
    record RequestChanged(RequestChange change) implements Effect {
        @Override
        public EffectId id() {
            return change.id();
        }

        @Override
        public long atMillis() {
            return change.atMillis();
        }
    }

    /** It is known what became of a decision. */
    record OutcomeObserved(Outcome outcome) implements Effect {
        @Override
        public EffectId id() {
            return outcome.id();
        }

        @Override
        public long atMillis() {
            return outcome.atMillis();
        }
    }

    /** Another subject is to be told something. It arrives there as an input. */
    record SendMessage(EffectId id, long atMillis, SubjectId to, Message message) implements Effect {}
}
