package dev.forestall.loop.expression;

import dev.forestall.loop.state.Cells;
import org.jspecify.annotations.Nullable;

/**
 * Something about a subject that conditions may ask for: a trait, a counter, its place in a journey. Immutable; its value is
 * read from the subject's cells at each moment.
 */
public interface Variable {

    /** As conditions write it: {@code trait.amount}, {@code journey.application.step}. */
    String name();

    /** Whether {@link #text} is the one to ask. */
    boolean isText();

    /** The value of a numeric variable (booleans are 0 and 1), NaN when absent. */
    double number(Moment moment);

    /** The value of a text variable, null when absent. */
    default @Nullable String text(Moment moment) {
        return null;
    }

    /** When the value will next change although nothing happens; {@link Cells#NEVER} when it will not. */
    default long changesAtMillis(Moment moment) {
        return Cells.NEVER;
    }
}
