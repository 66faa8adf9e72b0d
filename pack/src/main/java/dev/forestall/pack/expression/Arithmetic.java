package dev.forestall.pack.expression;

import dev.cel.common.ast.CelExpr;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.expression.Value.Counts;
import dev.forestall.pack.expression.Value.Says;
import dev.forestall.pack.problem.PackError;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What comes out when values are combined, and whether they can be: money keeps its currency. */
final class Arithmetic {

    private Arithmetic() {}

    /**
     * Sums, differences, products, quotients and remainders of numbers, times and durations; texts are joined by {@code +}.
     *
     * @param operator as CEL names it, such as {@code _+_}
     */
    static Value calculate(CelExpr expression, String operator, Value left, Value right) {
        if (operator.equals("_+_") && left instanceof Says one && right instanceof Says other) {
            return new Says(joined(one.words(), other.words()));
        }
        if (!(left instanceof Counts one) || !(right instanceof Counts other)) {
            throw Refusal.notOf(expression, Type.NUMBER);
        }
        Type type = resultOf(expression, operator, one.type(), other.type());
        Formula formula = type.sort() == Sort.WHOLE
                ? Calculating.whole(operator, one.formula(), other.formula())
                : Calculating.decimal(operator, one.formula(), other.formula());
        return new Counts(formula, type);
    }

    private static Words joined(Words left, Words right) {
        return scope -> {
            String one = left.value(scope);
            String other = right.value(scope);
            return one == null || other == null ? null : one + other;
        };
    }

    private static Type resultOf(CelExpr expression, String operator, Type left, Type right) {
        if (!left.isNumber() || !right.isNumber()) {
            // Of times and durations CEL allows a time and a duration, two durations, and the difference of two times.
            boolean difference = left.sort() == Sort.TIME && right.sort() == Sort.TIME;
            boolean time = left.sort() == Sort.TIME || right.sort() == Sort.TIME;
            return time && !difference ? Type.TIME : Type.LENGTH;
        }
        if (left.sort() == Sort.WHOLE && right.sort() == Sort.WHOLE) {
            return Type.WHOLE;
        }
        return switch (operator) {
            case "_*_" -> {
                if (left.currency() != null && right.currency() != null) {
                    throw new Refusal(
                            PackError.WRONG_TYPE,
                            expression.id(),
                            "money is multiplied by money",
                            "Multiply money by a plain number");
                }
                yield new Type(Sort.NUMBER, common(expression, left, right));
            }
            case "_/_" -> {
                common(expression, left, right);
                yield new Type(Sort.NUMBER, right.currency() == null ? left.currency() : null);
            }
            default -> new Type(Sort.NUMBER, common(expression, left, right));
        };
    }

    static Value negate(Counts counts) {
        Formula formula = counts.formula();
        return new Counts(scope -> -formula.value(scope), counts.type());
    }

    static Value whole(CelExpr expression, Counts counts) {
        if (!counts.type().isNumber()) {
            throw Refusal.unsupported(expression, "int() of a time");
        }
        return new Counts(Calculating.cut(counts.formula()), Type.WHOLE);
    }

    /** The currency of two numbers that meet; a plain number goes with any. */
    static @Nullable Currency common(CelExpr expression, Type left, Type right) {
        Currency one = left.currency();
        Currency other = right.currency();
        if (one != null && other != null && !one.equals(other)) {
            throw new Refusal(
                    PackError.MIXED_CURRENCIES,
                    expression.id(),
                    left.described() + " meets " + right.described(),
                    "Amounts of different currencies cannot be combined");
        }
        return one != null ? one : other;
    }
}
