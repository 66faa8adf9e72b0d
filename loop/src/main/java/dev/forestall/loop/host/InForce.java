package dev.forestall.loop.host;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A definition, as answered by a version of the program, from where on it is in force. Immutable.
 *
 * @param position of the record in the log with which it came into force; 0 of the first one, which has none
 * @param atMillis of the log's clock at that place
 * @param definition its hash
 * @param semantics of the program that answers: see {@code Loop.SEMANTICS}
 * @param knownSince by declaration, such as {@code signal.late}, from which instant of the log's clock on it knows what happened; what is
 *     not listed knows everything
 */
public record InForce(
        long position, long atMillis, String definition, int semantics, SortedMap<String, Long> knownSince) {

    public InForce {
        knownSince = Collections.unmodifiableSortedMap(new TreeMap<>(knownSince));
    }
}
