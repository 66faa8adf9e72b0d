package dev.forestall.connectors.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record, by the numbers of their places. A value stays where it stands in the file until somebody asks for its text:
 * many are only looked at, and some not even that. For one thread.
 */
final class RecordValues {

    /** Stands for a value that is a list or an object, which no property can hold. Compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified") // A text of its own, whatever the input says.
    static final String STRUCTURE = new String("(a list or an object)");

    private static final int NOWHERE = -1;

    private final int[] from;
    private final int[] to;
    /** Of places whose values stand nowhere as they are meant; null where there is none at all. */
    private final @Nullable String[] texts;

    /** Of places for which any record so far had a value, or said that it has none. */
    private final boolean[] isMet;

    private byte[] bytes = {};

    RecordValues(Places places) {
        isMet = new boolean[places.count()];
        from = new int[places.count()];
        to = new int[places.count()];
        texts = new String[places.count()];
        Arrays.fill(from, NOWHERE);
    }

    /** Turns to a record in bytes that are UTF-8. They must not change while anybody asks for its values. */
    void turnTo(byte[] record) {
        bytes = record;
        clear();
    }

    /** Forgets all values. */
    void clear() {
        Arrays.fill(from, NOWHERE);
        Arrays.fill(texts, null);
    }

    /** The value of a place is what stands from one place of the record's bytes to before another. */
    void stands(int place, int first, int end) {
        from[place] = first;
        to[place] = end;
        isMet[place] = true;
    }

    /** The value of a place is a text that does not stand like this in the record; null for none. */
    void is(int place, @Nullable String text) {
        from[place] = NOWHERE;
        texts[place] = text;
        isMet[place] = true;
    }

    /** Whether any record so far had the place. */
    boolean isMet(int place) {
        return isMet[place];
    }

    /** The value of a place as a text; null when there is none. */
    @Nullable
    String text(int place) {
        int first = from[place];
        return first == NOWHERE ? texts[place] : new String(bytes, first, to[place] - first, StandardCharsets.UTF_8);
    }

    /** Which of some known texts the value of a place is; {@link KnownTexts#UNKNOWN} for none of them. */
    int number(int place, KnownTexts known) {
        if (from[place] != NOWHERE) {
            return known.number(bytes, from[place], to[place]);
        }
        String text = texts[place];
        return text == null ? KnownTexts.UNKNOWN : known.number(text);
    }

    /**
     * Whether a place has no value, or an empty one.
     *
     * @param absent texts that mean the same as none
     */
    boolean isAbsent(int place, KnownTexts absent) {
        boolean isNothing =
                from[place] == NOWHERE ? texts[place] == null || texts[place].isEmpty() : from[place] == to[place];
        return isNothing || number(place, absent) != KnownTexts.UNKNOWN;
    }

    /** The value of a place as milliseconds since 1970 UTC; {@link Times#UNREADABLE} when it is no such time. */
    long millis(int place, Times times) {
        if (from[place] != NOWHERE) {
            return times.millis(bytes, from[place], to[place]);
        }
        String text = texts[place];
        return text == null || text == STRUCTURE ? Times.UNREADABLE : times.millis(text);
    }
}
