package dev.forestall.loop.journey;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import java.util.Optional;

/**
 * A customer started a journey, moved from step to step in it, or ended it.
 *
 * @param id of this effect
 * @param journey its name
 * @param journeyKey which run of it; empty when a customer has one at a time
 * @param kind what happened
 * @param from the step that was left; empty before the first
 * @param to the step that was entered; empty when the journey ended
 * @param startedAtMillis when this run started
 * @param atMillis when it happened, in event time
 * @param dwellMillis how long they were in the step that was left
 * @param backwards whether the step entered stands before the step left in the journey's order
 * @param value what is at stake in this run, when the journey says so
 */
public record Transition(
        EffectId id,
        String journey,
        String journeyKey,
        Kind kind,
        String from,
        String to,
        long startedAtMillis,
        long atMillis,
        long dwellMillis,
        boolean backwards,
        Optional<Money> value) {

    /** What happened to the journey. */
    public enum Kind {
        STARTED,
        /** Another step was entered. */
        MOVED,
        /** The customer got what they came for. */
        REACHED_GOAL,
        /** The customer left or lost out. */
        FAILED,
        /** It ended in a way that is neither: such as the company's own decision. */
        CLOSED,
        /** Nothing happened in it for so long that it counts as failed. */
        ABANDONED,
        /** More runs at once than are kept; the oldest was given up. */
        DISPLACED;

        public boolean isEnd() {
            return this != STARTED && this != MOVED;
        }

        /** Whether it ended badly for the customer. */
        public boolean isBadEnd() {
            return this == FAILED || this == ABANDONED;
        }
    }
}
