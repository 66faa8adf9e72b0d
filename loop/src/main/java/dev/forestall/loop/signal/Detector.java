package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Memory;
import java.util.BitSet;

/**
 * Looks for one pattern. Immutable and shared by all subjects; what it remembers about one of them is a cell of its own.
 *
 * <p>It says what is so through the {@link Verdict}: condition met, over, or disproved. Raising once, ending and withdrawing
 * follow from that and are not its business. It works in constant time per event, in bounded memory, and knows no clock but
 * the moment.
 *
 * @param <C> what it remembers
 */
public interface Detector<C> extends Memory<C> {

    /** The indexes of the event types it wants to see. */
    BitSet types();

    /** An event of one of its types happened. */
    void after(C seen, Event event, Moment moment, Verdict verdict);

    /** Whether it wants to see the transitions of its journey. */
    default boolean watchesTransitions() {
        return false;
    }

    /** The customer moved in the journey that this detector rules. Called before {@link #after} for the same event. */
    default void transitioned(C seen, Transition transition, Moment moment, Verdict verdict) {}

    /** The instant has come for which it asked; all events up to and including that instant have been seen. */
    default void due(C seen, Moment moment, Verdict verdict) {}

    /** Whether what it detects is over as soon as it is said, so that it never ends. */
    default boolean isMomentary() {
        return false;
    }

    Cost cost();
}
