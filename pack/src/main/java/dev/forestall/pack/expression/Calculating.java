package dev.forestall.pack.expression;

import dev.forestall.loop.expression.Formula;

/**
 * Arithmetic as closures. NaN is absence and spreads by itself. A division by zero has no value, nor have whole numbers beyond 2^53,
 * where doubles stop being exact.
 */
final class Calculating {

    private static final double MAX_WHOLE = 0x1p53;

    private Calculating() {}

    /**
     * Decimal numbers, times or durations.
     *
     * @param operator as CEL names it, such as {@code _+_}
     */
    static Formula decimal(String operator, Formula left, Formula right) {
        return switch (operator) {
            case "_+_" -> scope -> left.value(scope) + right.value(scope);
            case "_-_" -> scope -> left.value(scope) - right.value(scope);
            case "_*_" -> scope -> left.value(scope) * right.value(scope);
            case "_/_" ->
                scope -> {
                    double divisor = right.value(scope);
                    return divisor == 0 ? Double.NaN : left.value(scope) / divisor;
                };
            default -> throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    /** Whole numbers: division cuts towards zero. */
    static Formula whole(String operator, Formula left, Formula right) {
        return switch (operator) {
            case "_+_" -> scope -> exact(left.value(scope) + right.value(scope));
            case "_-_" -> scope -> exact(left.value(scope) - right.value(scope));
            case "_*_" -> scope -> exact(left.value(scope) * right.value(scope));
            case "_/_" ->
                scope -> {
                    double dividend = left.value(scope);
                    double divisor = right.value(scope);
                    return isImpossible(dividend, divisor) ? Double.NaN : (double) ((long) dividend / (long) divisor);
                };
            case "_%_" ->
                scope -> {
                    double dividend = left.value(scope);
                    double divisor = right.value(scope);
                    return isImpossible(dividend, divisor) ? Double.NaN : (double) ((long) dividend % (long) divisor);
                };
            default -> throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private static boolean isImpossible(double dividend, double divisor) {
        return divisor == 0 || Double.isNaN(dividend) || Double.isNaN(divisor);
    }

    private static double exact(double whole) {
        return Math.abs(whole) <= MAX_WHOLE ? whole : Double.NaN;
    }

    /** The whole part of a number. */
    static Formula cut(Formula number) {
        return scope -> {
            double value = number.value(scope);
            return exact(value < 0 ? Math.ceil(value) : Math.floor(value)) + 0.0;
        };
    }
}
