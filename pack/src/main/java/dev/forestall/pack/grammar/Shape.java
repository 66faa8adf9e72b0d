package dev.forestall.pack.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may stand at some place of a pack. Immutable. */
public sealed interface Shape {

    /** For people, behind "Expected": {@code a duration such as 7d}. */
    String expected();

    /** A single value of some kind. */
    record Leaf(Kind kind) implements Shape {
        @Override
        public String expected() {
            return kind.expected();
        }
    }

    /** One of a few words. */
    record Choice(List<String> options) implements Shape {
        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public String expected() {
            return String.join(", ", options.subList(0, options.size() - 1)) + " or " + options.getLast();
        }
    }

    /** A whole number within limits, both included. */
    record Whole(int min, int max) implements Shape {
        @Override
        public String expected() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** A list. */
    record Many(Shape each, int min, int max) implements Shape {
        @Override
        public String expected() {
            return "a list of " + min + " to " + max + " of: " + each.expected();
        }
    }

    /**
     * A mapping from names that the pack chooses.
     *
     * @param what a name stands for
     * @param key how the names may look
     * @param each what stands behind a name
     * @param max so many at most
     * @param ordered whether the order of the names means something
     */
    record Named(String what, Kind key, Shape each, int max, boolean ordered) implements Shape {
        @Override
        public String expected() {
            return "a mapping whose keys are " + what;
        }
    }

    /**
     * A mapping with given keys.
     *
     * @param name what it describes
     * @param keys in the order in which people read about them
     * @param oneOf of these keys exactly one must be there; none for no such rule
     */
    record Fields(String name, List<Key> keys, List<String> oneOf) implements Shape {
        public Fields {
            keys = List.copyOf(keys);
            oneOf = List.copyOf(oneOf);
        }

        public Optional<Key> key(String keyName) {
            return keys.stream().filter(key -> key.name().equals(keyName)).findFirst();
        }

        public List<String> names() {
            return keys.stream().map(Key::name).toList();
        }

        @Override
        public String expected() {
            return "a mapping with " + String.join(", ", names());
        }
    }

    /** One of several, told apart by whether a single value, a list or a mapping stands there: at most one of each. */
    record Either(List<Shape> alternatives) implements Shape {
        public Either {
            alternatives = alternatives.stream()
                    .flatMap(each -> each instanceof Either either ? either.alternatives.stream() : Stream.of(each))
                    .toList();
        }

        @Override
        public String expected() {
            List<String> all = new ArrayList<>();
            alternatives.forEach(each -> all.add(each.expected()));
            return String.join(", or ", all);
        }
    }

    /**
     * A key of a mapping.
     *
     * @param name as it is written
     * @param shape what stands behind it
     * @param required whether it must be there
     * @param standard what counts when it is left out, for people; empty when there is no such value
     * @param meaning for people, in Markdown without line breaks
     */
    record Key(String name, Shape shape, boolean required, String standard, String meaning) {}
}
