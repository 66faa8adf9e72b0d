package dev.forestall.connectors.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The places of a record that a mapping reads, numbered. A record is read into an array with one value for each. */
final class Places {

    /** Stands for a value that is a list or an object, which no property can hold. Compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified") // A text of its own, whatever the input says.
    static final String STRUCTURE = new String("(a list or an object)");

    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();

    /** The number of a place, the next free one if it is new. */
    int number(String place) {
        Integer known = numbers.putIfAbsent(place, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    int count() {
        return numbers.size();
    }

    /** By number. */
    List<String> names() {
        return List.copyOf(numbers.sequencedKeySet());
    }

    /** An array for the values of one record. */
    @Nullable
    String[] row() {
        return new String[numbers.size()];
    }
}
