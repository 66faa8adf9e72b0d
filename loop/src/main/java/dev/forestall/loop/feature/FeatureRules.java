package dev.forestall.loop.feature;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a pack says about features. Immutable.
 *
 * @param halfLivesMillis over how long something counts as recent, ascending
 * @param without what may not be known to any model: groups ({@code property gender}, {@code trait age}) or their bare names
 * @param labels properties that hold what became of something; they are never features
 * @param workloads what can be busy
 */
public record FeatureRules(
        List<Long> halfLivesMillis, Set<String> without, Set<String> labels, List<Workload> workloads) {

    private static final long DAY = 86_400_000;

    /** A day, a week and four weeks; nothing left out, and no resources. */
    public static final FeatureRules STANDARD =
            new FeatureRules(List.of(DAY, 7 * DAY, 28 * DAY), Set.of(), Set.of(), List.of());

    public FeatureRules {
        halfLivesMillis = List.copyOf(halfLivesMillis);
        workloads = List.copyOf(workloads);
        without = Collections.unmodifiableSet(new TreeSet<>(without));
        labels = Collections.unmodifiableSet(new TreeSet<>(labels));
        long before = 0;
        for (long halfLife : halfLivesMillis) {
            if (halfLife <= before) {
                throw new IllegalArgumentException("half-lives must be above 0 and ascend, got " + halfLivesMillis);
            }
            before = halfLife;
        }
    }

    /** Whether a group may be made features of. */
    boolean allows(String group) {
        int space = group.indexOf(' ');
        return !without.contains(group) && (space < 0 || !without.contains(group.substring(space + 1)));
    }
}
