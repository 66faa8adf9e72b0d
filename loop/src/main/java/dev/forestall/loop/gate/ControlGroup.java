package dev.forestall.loop.gate;

import dev.forestall.loop.event.Probability;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The universal control group: a share of the customers whom nobody contacts, so that it can be said what all contacts together bring.
 * Immutable.
 *
 * @param share of the customers who are in it; 0 for no such group
 * @param exempt the purposes for which they are contacted all the same; what they bring cannot be said
 */
public record ControlGroup(Probability share, SortedSet<String> exempt) {

    public static final ControlGroup NONE = new ControlGroup(new Probability(0), new TreeSet<>());

    public ControlGroup {
        exempt = Collections.unmodifiableSortedSet(new TreeSet<>(exempt));
        if (share.value() >= 1) {
            throw new IllegalArgumentException("a control group of everybody leaves nobody to contact");
        }
    }

    public boolean isNone() {
        return share.value() == 0;
    }

    public boolean isExempt(Purpose purpose) {
        return exempt.contains(purpose.name());
    }
}
