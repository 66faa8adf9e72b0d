package dev.forestall.pack;

import dev.forestall.loop.expression.EventPattern;
import java.util.BitSet;

/**
 * Which events are meant, with what the checks need to know of it.
 *
 * @param pattern as the loop uses it
 * @param types the indexes of the event types that can match
 * @param certain the indexes of the event types of which every event matches
 */
record Events(EventPattern pattern, BitSet types, BitSet certain) {

    /** Whether each event that can match is among some types. */
    boolean isWithin(BitSet others) {
        BitSet open = (BitSet) types.clone();
        open.andNot(others);
        return open.isEmpty() && !types.isEmpty();
    }
}
