package dev.forestall.connectors.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The places of a record that a mapping reads, numbered. {@link RecordValues} has one value for each. */
final class Places {

    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();

    /** The number of a place, the next free one if it is new. */
    int number(String place) {
        Integer known = numbers.putIfAbsent(place, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    int count() {
        return numbers.size();
    }

    /** Those that no record so far had. */
    List<String> unmet(RecordValues values) {
        return names().stream().filter(name -> !values.isMet(number(name))).toList();
    }

    /** By number. */
    List<String> names() {
        return List.copyOf(numbers.sequencedKeySet());
    }
}
