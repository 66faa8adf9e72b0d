package dev.forestall.loop.journey;

import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a journey. Immutable.
 *
 * @param name as the pack calls it
 * @param key tells several runs of one customer apart
 * @param start what starts a run
 * @param steps in the order in which a smooth run passes them
 * @param goal what the customer wants to reach
 * @param failed what counts as a bad end for the customer
 * @param closed what ends it neither well nor badly
 * @param abandonedAfterMillis after so long without any event of the run it counts as abandoned; 0 for never
 * @param valueMinor what is at stake, in minor units, computed when it starts; null when not said
 * @param currency of the value; null when there is none
 */
public record Journey(
        String name,
        EventKey key,
        EventPattern start,
        List<Step> steps,
        EventPattern goal,
        EventPattern failed,
        EventPattern closed,
        long abandonedAfterMillis,
        @Nullable Formula valueMinor,
        @Nullable Currency currency) {

    /** A customer can have so many runs of one journey at once; the oldest is given up for a further one. */
    public static final int MAX_RUNS = 32;

    /**
     * A part of the way.
     *
     * @param name as the pack calls it
     * @param enters the events that bring a customer into it
     */
    public record Step(String name, EventPattern enters) {}

    public Journey {
        steps = List.copyOf(steps);
        if (abandonedAfterMillis < 0) {
            throw new IllegalArgumentException("journey " + name + " cannot be abandoned after a negative time");
        }
    }

    /** The place of a step, or -1. */
    public int step(String stepName) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(stepName)) {
                return i;
            }
        }
        return -1;
    }
}
