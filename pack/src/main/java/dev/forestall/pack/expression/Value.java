package dev.forestall.pack.expression;

import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;

/**
 * A translated expression. Numbers are as CEL has them: money in major units, times and durations in milliseconds; NaN when absent.
 */
sealed interface Value {

    Type type();

    /** True, false or unknown. */
    record Holds(Condition condition) implements Value {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** A number. */
    record Counts(Formula formula, Type type) implements Value {}

    /** A text. */
    record Says(Words words) implements Value {
        @Override
        public Type type() {
            return Type.TEXT;
        }
    }
}
