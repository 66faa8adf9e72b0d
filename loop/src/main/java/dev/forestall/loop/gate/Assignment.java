package dev.forestall.loop.gate;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Probability;

/**
 * A customer was put into the universal control group, or into the rest. It is a fact of the identifier by which they were first seen; of
 * identifiers that turn out to be one customer, the first one's assignment stands.
 *
 * @param id of this effect
 * @param atMillis when, in event time
 * @param isControl whether nobody contacts them
 * @param identifier the name of the identifier by which it was drawn
 * @param draw the number in 0..1 that put them there
 * @param share of the customers who are in the control group
 * @param isCrossover whether this identifier's assignment is another one than the one that stands: the customer had been treated as both
 */
public record Assignment(
        EffectId id,
        long atMillis,
        boolean isControl,
        String identifier,
        double draw,
        Probability share,
        boolean isCrossover) {}
