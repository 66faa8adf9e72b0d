package dev.forestall.loop.feature;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which texts are told apart, by what they are texts of: {@code property channel} has the levels {@code phone} and {@code chat}. What
 * is not listed counts as neither. Immutable.
 *
 * @param bySource the levels of each, most frequent first
 */
public record Levels(SortedMap<String, List<String>> bySource) {

    public static final Levels NONE = new Levels(new TreeMap<>());

    public Levels {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        bySource.forEach((source, levels) -> copy.put(source, List.copyOf(levels)));
        bySource = Collections.unmodifiableSortedMap(copy);
    }

    List<String> of(String source) {
        return bySource.getOrDefault(source, List.of());
    }
}
