package dev.forestall.loop.profile;

import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import org.jspecify.annotations.Nullable;

/**
 * One thing to remember about a subject.
 *
 * @param name as conditions call it, behind {@code trait.}
 * @param subjectKind which kind of subject has it
 * @param fold how events become the value
 * @param of which events count
 * @param number the value taken from such an event, for numeric folds; null for texts and plain counts
 * @param words the value taken from such an event, for texts; null otherwise
 * @param withinMillis only events of the last so many milliseconds (t - within, t] count; 0 for all. For COUNT and SUM
 */
public record Trait(
        String name,
        String subjectKind,
        Fold fold,
        EventPattern of,
        @Nullable Formula number,
        @Nullable Words words,
        long withinMillis) {

    /** A rolling trait remembers at most so many events; with more, it counts the latest ones only. */
    public static final int MAX_ROLLING = 256;

    /** How events become a value. */
    public enum Fold {
        /** The earliest value, by event time. */
        FIRST,
        /** The latest value, by event time. */
        LAST,
        /** How many events. */
        COUNT,
        /** The total. */
        SUM,
        MIN,
        MAX
    }

    public Trait {
        if (withinMillis < 0 || (withinMillis > 0 && fold != Fold.COUNT && fold != Fold.SUM)) {
            throw new IllegalArgumentException("trait " + name + ": only counts and sums can be limited to a time");
        }
        if (fold != Fold.COUNT && (number == null) == (words == null)) {
            throw new IllegalArgumentException("trait " + name + " needs either a number or words");
        }
        if (words != null && fold != Fold.FIRST && fold != Fold.LAST) {
            throw new IllegalArgumentException("trait " + name + ": of texts, only the first or last can be kept");
        }
    }

    public boolean isText() {
        return words != null;
    }
}
