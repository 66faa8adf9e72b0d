package dev.forestall.pack.source;

import dev.forestall.pack.problem.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a pack as it was written. Immutable. */
public sealed interface Node {

    Place place();

    /** What it is, for people: {@code a list}, {@code 'abc'}. */
    String described();

    /**
     * A single value.
     *
     * @param text without its quotes; empty for nothing at all
     * @param quoted whether it stood in quotes or in a block, so that its text is not exactly what the file holds
     */
    record Scalar(Place place, String text, boolean quoted) implements Node {

        /** Whether the value was left out, as in {@code key:}. */
        public boolean isNothing() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        /** Where its text begins. */
        public Place textPlace() {
            return quoted ? place.right(1) : place;
        }

        @Override
        public String described() {
            return isNothing() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    record Items(Place place, List<Node> nodes) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** A mapping from keys to values, in the order of the file; keys may stand there twice. */
    record Entries(Place place, List<Entry> entries) implements Node {
        public Entries {
            entries = List.copyOf(entries);
        }

        /** The value of a key, the first one if it stands there twice. */
        public @Nullable Node get(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        /** The same without a key. */
        public Entries without(String key) {
            return new Entries(
                    place,
                    entries.stream()
                            .filter(entry -> !entry.key().text().equals(key))
                            .toList());
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, Node value) {}
}
