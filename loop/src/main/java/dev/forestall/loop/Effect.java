package dev.forestall.loop;

import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Perform;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Passage;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Sample;
import dev.forestall.loop.roi.Outcome;
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
    record Passed(Passage passage) implements Effect {
        @Override
        public EffectId id() {
            return passage.id();
        }

        @Override
        public long atMillis() {
            return passage.atMillis();
        }
    }

    /** A signal was raised, ended or withdrawn. */
    record Signalled(Signal signal) implements Effect {
        @Override
        public EffectId id() {
            return signal.id();
        }

        @Override
        public long atMillis() {
            return signal.atMillis();
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
    record Risked(Risk risk) implements Effect {
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

    /** An alert was raised, merged, paged, closed or kept quiet. */
    record Alerted(Alert alert) implements Effect {
        @Override
        public EffectId id() {
            return alert.id();
        }

        @Override
        public long atMillis() {
            return alert.atMillis();
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

    /** An action is to be performed. */
    record Performing(Perform perform) implements Effect {
        @Override
        public EffectId id() {
            return perform.id();
        }

        @Override
        public long atMillis() {
            return perform.atMillis();
        }
    }

    /** It is known what became of a decision. */
    record Concluded(Outcome outcome) implements Effect {
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
    record Tell(EffectId id, long atMillis, SubjectId to, Message message) implements Effect {}
}
