package dev.forestall.loop.roi;

import dev.forestall.loop.expression.EventPattern;

/**
 * The declaration of what a decision hopes for. Immutable.
 *
 * @param name as the pack calls it
 * @param of the events that decide it
 * @param withinMillis how long after the decision, (t, t + within]
 * @param success whether such an event is the success; false when its absence is
 */
public record OutcomeRule(String name, EventPattern of, long withinMillis, boolean success) {

    public OutcomeRule {
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("outcome " + name + " needs a time");
        }
    }
}
