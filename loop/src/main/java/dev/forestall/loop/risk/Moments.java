package dev.forestall.loop.risk;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a question is asked about a customer. Immutable.
 *
 * @param eachEvent after each of their events
 * @param everyMillis at each multiple of so much time, counted from 1970 UTC, although nothing happens; 0 for not
 * @param steps when they enter one of these steps, as {@code journey.step}
 * @param signals when one of these signals is raised
 * @param first only so many times; 0 for no limit
 */
public record Moments(boolean eachEvent, long everyMillis, Set<String> steps, Set<String> signals, int first) {

    public static final Moments EACH_EVENT = new Moments(true, 0, Set.of(), Set.of(), 0);

    public Moments {
        steps = Collections.unmodifiableSet(new TreeSet<>(steps));
        signals = Collections.unmodifiableSet(new TreeSet<>(signals));
        if (everyMillis < 0 || first < 0) {
            throw new IllegalArgumentException("moments every " + everyMillis + " ms, first " + first);
        }
        if (!eachEvent && everyMillis == 0 && steps.isEmpty() && signals.isEmpty()) {
            throw new IllegalArgumentException("the question is never asked");
        }
    }
}
