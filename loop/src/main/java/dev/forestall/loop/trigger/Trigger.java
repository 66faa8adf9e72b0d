package dev.forestall.loop.trigger;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Signal;

/** Something that alerts and policies may act on: it has become so, or is so no longer. */
public sealed interface Trigger {

    TriggerName name();

    /** The effect that tells of it. */
    EffectId id();

    /** The run of the journey it is about; empty when it is about the subject. */
    String journeyKey();

    /** When, in event time. */
    long atMillis();

    /** What was known at that moment. */
    Basis basis();

    /** What has become of it. */
    Change change();

    /** Whether it has become so, or is so no longer. */
    sealed interface Change {
        /** It has become so. */
        record Began() implements Change {}

        /** It is so no longer. @param began the effect that told that it was @param beganAtMillis when that was */
        record Ended(EffectId began, long beganAtMillis) implements Change {}

        /** It never was. @param began the effect that told that it was @param beganAtMillis when @param wasActive until now */
        record Withdrawn(EffectId began, long beganAtMillis, boolean wasActive) implements Change {}
    }

    /** A signal. */
    record BySignal(Signal signal, Change change, Basis basis) implements Trigger {
        @Override
        public TriggerName name() {
            return new TriggerName.OfSignal(signal.name());
        }

        @Override
        public EffectId id() {
            return signal.id();
        }

        @Override
        public String journeyKey() {
            return signal.journeyKey();
        }

        @Override
        public long atMillis() {
            return signal.atMillis();
        }
    }

    /** A level that a risk has crossed. */
    record ByRisk(Risk risk, Change change, Basis basis) implements Trigger {
        @Override
        public TriggerName name() {
            return new TriggerName.OfRisk(risk.prediction(), risk.level().value());
        }

        @Override
        public EffectId id() {
            return risk.id();
        }

        @Override
        public String journeyKey() {
            return "";
        }

        @Override
        public long atMillis() {
            return risk.atMillis();
        }
    }

    /** A signal of others that affects the customer. */
    record ByContext(ContextChange context, Change change, Basis basis) implements Trigger {
        @Override
        public TriggerName name() {
            return new TriggerName.OfContext(context.signal());
        }

        @Override
        public EffectId id() {
            return context.id();
        }

        @Override
        public String journeyKey() {
            return "";
        }

        @Override
        public long atMillis() {
            return context.atMillis();
        }
    }
}
