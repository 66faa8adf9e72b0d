package dev.forestall.connectors.json;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A value of JSON. Immutable. */
public sealed interface Json {

    /** A part of a text in UTF-8. The bytes must not change; a copy is made of it only when somebody wants to read it. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Slice(byte[] bytes, int from, int to) {

        static Slice of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Slice(bytes, 0, bytes.length);
        }

        /** In bytes. */
        public int length() {
            return to - from;
        }

        public String text() {
            return new String(bytes, from, length(), StandardCharsets.UTF_8);
        }
    }

    /** There is none. */
    enum Null implements Json {
        /** The only one. */
        NULL
    }

    /** A text. */
    record Text(String value) implements Json {}

    /** True or false. */
    record Truth(boolean value) implements Json {}

    /** A number, as it was written: whoever reads it says how exact it must be. */
    record Numeral(String written) implements Json {}

    /** A list. */
    record Items(List<Json> values, Slice slice) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    /**
     * An object. Of a name that stands twice, the last counts.
     *
     * @param slice the text it was read from
     */
    record Entries(SequencedMap<String, Json> values, Slice slice) implements Json {

        /** An object that says nothing. */
        public static final Entries NONE = new Entries(new LinkedHashMap<>(), Slice.of("{}"));

        public Entries {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        /** What stands under a name; {@link Null#NULL} when nothing does. */
        public Json get(String name) {
            return values.getOrDefault(name, Null.NULL);
        }

        /** What stands at a place: names joined by dots, from this object inwards. */
        public Json at(String place) {
            int dot = place.indexOf('.');
            if (dot < 0 || values.containsKey(place)) {
                return get(place);
            }
            return get(place.substring(0, dot)) instanceof Entries inner
                    ? inner.at(place.substring(dot + 1))
                    : Null.NULL;
        }

        /** The object under a name; one that says nothing when there is none. */
        public Entries entries(String name) {
            return get(name) instanceof Entries entries ? entries : NONE;
        }

        /** What stands at a place, if it is one text, number or truth and not an empty text. */
        public Optional<String> scalar(String place) {
            Json found = at(place);
            return found.isScalar() ? Optional.of(found.text()).filter(text -> !text.isEmpty()) : Optional.empty();
        }
    }

    /** Whether it is one text, number or truth. */
    default boolean isScalar() {
        return this instanceof Text || this instanceof Numeral || this instanceof Truth;
    }

    /** As a text: a text as it is, all else as it was written. */
    default String text() {
        return switch (this) {
            case Null ignored -> "";
            case Text text -> text.value();
            case Truth truth -> Boolean.toString(truth.value());
            case Numeral numeral -> numeral.written();
            case Items items -> items.slice().text();
            case Entries entries -> entries.slice().text();
        };
    }
}
