package dev.forestall.pack.expression;

import java.util.BitSet;

/**
 * Where an expression stands, and so what it can ask for.
 *
 * @param stage the stage of the loop
 * @param types the indexes of the event types that may be happening
 * @param isAlwaysThere whether one of these events is happening whenever the expression is asked; else it may be another, or time alone
 */
public record Site(Stage stage, BitSet types, boolean isAlwaysThere) {

    /** The stages, from left to right; each may ask for what stands to its left. */
    public enum Stage {
        /** Traits: the event alone. */
        PROFILE("the event"),
        /** Journeys: the event and traits. */
        JOURNEY("the event and traits"),
        /** Signals: the event, traits and journeys. */
        SIGNAL("the event, traits and journeys"),
        /** Predictions: traits, journeys, signals and context; no event, because time alone may give reason to ask. */
        RISK("traits, journeys, signals and context"),
        /** Policies: all of that and risks. */
        DECISION("traits, journeys, signals, context and risks"),
        /** What a candidate is worth: as policies, with its uplift and cost. */
        WORTH("traits, journeys, signals, context, risks, uplift and cost");

        private final String known;

        Stage(String known) {
            this.known = known;
        }

        String known() {
            return known;
        }

        boolean knowsEvent() {
            return compareTo(SIGNAL) <= 0;
        }

        boolean knowsTraits() {
            return compareTo(JOURNEY) >= 0;
        }

        boolean knowsJourneys() {
            return compareTo(SIGNAL) >= 0;
        }

        boolean knowsSignals() {
            return compareTo(RISK) >= 0;
        }

        boolean knowsContext() {
            return compareTo(RISK) >= 0;
        }

        boolean knowsRisks() {
            return compareTo(DECISION) >= 0;
        }
    }

    public Site {
        types = (BitSet) types.clone();
    }

    /** At events of some types. */
    public static Site at(Stage stage, BitSet types) {
        return new Site(stage, types, true);
    }

    /** At any moment, whether something happens or not. */
    public static Site anyTime(Stage stage, int eventTypes) {
        BitSet all = new BitSet();
        all.set(0, eventTypes);
        return new Site(stage, all, false);
    }
}
