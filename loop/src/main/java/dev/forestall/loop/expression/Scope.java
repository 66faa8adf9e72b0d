package dev.forestall.loop.expression;

import dev.forestall.loop.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * What a condition or formula may look at: the event of the moment, if there is one, and the subject's variables (traits,
 * counters, where it stands in its journeys) by the number that the definition gave them.
 */
public interface Scope {

    /** The event that is happening, or null when it is time alone that passes. */
    @Nullable
    Event event();

    /** The moment, in milliseconds since 1970 UTC. */
    long atMillis();

    /** A numeric variable (booleans are 0 and 1); NaN when absent. */
    double number(int variable);

    /** A text variable, or null when absent. */
    @Nullable
    String text(int variable);
}
