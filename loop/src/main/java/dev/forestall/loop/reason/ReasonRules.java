package dev.forestall.loop.reason;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be said as a reason. Immutable.
 *
 * @param unspoken groups, or their bare names, that never appear: what is protected, or what nobody can do anything about
 * @param most so many reasons at most
 */
public record ReasonRules(Set<String> unspoken, int most) {

    public static final ReasonRules STANDARD = new ReasonRules(Set.of(), 5);

    public ReasonRules {
        unspoken = Collections.unmodifiableSet(new TreeSet<>(unspoken));
        if (most < 1) {
            throw new IllegalArgumentException("at least one reason must be possible, not " + most);
        }
    }

    boolean allows(String group) {
        int space = group.indexOf(' ');
        return !unspoken.contains(group) && (space < 0 || !unspoken.contains(group.substring(space + 1)));
    }
}
