package dev.forestall.pack.expression;

import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Words;
import java.util.Set;

/** Comparisons as closures. With something absent they are unknown. */
final class Comparing {

    private Comparing() {}

    /**
     * Two numbers.
     *
     * @param operator as CEL names it, such as {@code _<_}
     */
    static Condition numbers(String operator, Formula left, Formula right) {
        return switch (operator) {
            case "_<_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one < other);
                };
            case "_<=_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one <= other);
                };
            case "_>_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one > other);
                };
            case "_>=_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one >= other);
                };
            case "_==_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one == other);
                };
            case "_!=_" ->
                scope -> {
                    double one = left.value(scope);
                    double other = right.value(scope);
                    return isAbsent(one, other) ? Truth.UNKNOWN : Truth.of(one != other);
                };
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    private static boolean isAbsent(double one, double other) {
        return Double.isNaN(one) || Double.isNaN(other);
    }

    /** A number and a constant: as {@link #numbers}, with one look less. */
    static Condition number(String operator, Formula left, double constant) {
        return switch (operator) {
            case "_<_" ->
                scope -> {
                    double one = left.value(scope);
                    return Double.isNaN(one) ? Truth.UNKNOWN : Truth.of(one < constant);
                };
            case "_<=_" ->
                scope -> {
                    double one = left.value(scope);
                    return Double.isNaN(one) ? Truth.UNKNOWN : Truth.of(one <= constant);
                };
            case "_>_" ->
                scope -> {
                    double one = left.value(scope);
                    return Double.isNaN(one) ? Truth.UNKNOWN : Truth.of(one > constant);
                };
            case "_>=_" ->
                scope -> {
                    double one = left.value(scope);
                    return Double.isNaN(one) ? Truth.UNKNOWN : Truth.of(one >= constant);
                };
            default -> numbers(operator, left, scope -> constant);
        };
    }

    /** A text and a constant, for {@code ==} and {@code !=}. */
    static Condition textIs(Words left, String constant, boolean same) {
        return scope -> {
            String text = left.value(scope);
            return text == null ? Truth.UNKNOWN : Truth.of(text.equals(constant) == same);
        };
    }

    /** Two texts; their order is that of their UTF-16 units. */
    static Condition texts(String operator, Words left, Words right) {
        return switch (operator) {
            case "_==_" ->
                scope -> {
                    String one = left.value(scope);
                    String other = right.value(scope);
                    return one == null || other == null ? Truth.UNKNOWN : Truth.of(one.equals(other));
                };
            case "_!=_" ->
                scope -> {
                    String one = left.value(scope);
                    String other = right.value(scope);
                    return one == null || other == null ? Truth.UNKNOWN : Truth.of(!one.equals(other));
                };
            case "_<_", "_<=_", "_>_", "_>=_" ->
                scope -> {
                    String one = left.value(scope);
                    String other = right.value(scope);
                    return one == null || other == null ? Truth.UNKNOWN : ordered(operator, one.compareTo(other));
                };
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    private static Truth ordered(String operator, int order) {
        return Truth.of(
                switch (operator) {
                    case "_<_" -> order < 0;
                    case "_<=_" -> order <= 0;
                    case "_>_" -> order > 0;
                    default -> order >= 0;
                });
    }

    /** Two truths, for {@code ==} and {@code !=}. */
    static Condition truths(boolean same, Condition left, Condition right) {
        return scope -> {
            Truth one = left.test(scope);
            Truth other = right.test(scope);
            return one == Truth.UNKNOWN || other == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.of((one == other) == same);
        };
    }

    static Condition amongTexts(Words value, Set<String> list) {
        return scope -> {
            String text = value.value(scope);
            return text == null ? Truth.UNKNOWN : Truth.of(list.contains(text));
        };
    }

    static Condition amongNumbers(Formula value, double[] list) {
        return scope -> {
            double number = value.value(scope);
            if (Double.isNaN(number)) {
                return Truth.UNKNOWN;
            }
            for (double each : list) {
                if (each == number) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        };
    }
}
