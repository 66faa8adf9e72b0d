package dev.forestall.loop.risk;

import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.journey.Journey;

/** What is to be predicted: what counts as the outcome. */
public sealed interface Question {

    /** Any such event happens within the horizon. */
    record Any(EventPattern events) implements Question {}

    /** No such event happens within the horizon. */
    record None(EventPattern events) implements Question {}

    /** So many such events happen within the horizon. */
    record Count(EventPattern events, int atLeast) implements Question {
        public Count {
            if (atLeast < 1) {
                throw new IllegalArgumentException("at least " + atLeast + " events is always so");
            }
        }
    }

    /** The values of such events within the horizon add up to more than an amount. */
    record Total(EventPattern events, Formula value, double above) implements Question {}

    /** A run of the journey ends badly within the horizon. */
    record Fails(Journey journey) implements Question {}

    /** Nothing moves in the journey for the whole horizon. */
    record Stalls(Journey journey) implements Question {}

    /**
     * The event of the moment says what became of it later: history that others have labelled. Such a property is known to nothing
     * else, and a live event does not have it.
     */
    record Labelled(Condition positive) implements Question {}
}
