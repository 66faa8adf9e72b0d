package dev.forestall.pack.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Truth;
import dev.forestall.pack.expression.Value.Counts;
import dev.forestall.pack.expression.Value.Holds;
import dev.forestall.pack.expression.Value.Says;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.problem.PackError;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/** What stands in an expression as it is: numbers, texts, durations, times and regular expressions. */
final class Constants {

    /** Longer regular expressions are refused: they would be slow, and nobody could read them. */
    static final int MAX_REGEX = 500;

    private Constants() {}

    static Value value(CelExpr expression, CelConstant constant) {
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> {
                Truth truth = Truth.of(constant.booleanValue());
                yield new Holds(truth == Truth.TRUE ? Condition.ALWAYS : scope -> truth);
            }
            case INT64_VALUE -> {
                long whole = constant.int64Value();
                if (Math.abs((double) whole) > 0x1p53) {
                    throw new Refusal(
                            PackError.OUT_OF_RANGE,
                            expression.id(),
                            whole + " is too large",
                            "Whole numbers go up to 9007199254740992");
                }
                yield new Counts(scope -> whole, Type.WHOLE);
            }
            case DOUBLE_VALUE -> {
                double number = constant.doubleValue();
                yield new Counts(scope -> number, Type.NUMBER);
            }
            case STRING_VALUE -> new Says(Reading.constant(constant.stringValue()));
            default -> throw Refusal.unsupported(expression, "such a value");
        };
    }

    static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    static boolean isNumber(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && (expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
                        || expression.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE);
    }

    static String text(CelExpr expression) {
        if (isText(expression)) {
            return expression.constant().stringValue();
        }
        throw Refusal.notOf(expression, Type.TEXT);
    }

    static double number(CelExpr expression) {
        return switch (expression.constant().getKind()) {
            case INT64_VALUE -> expression.constant().int64Value();
            case DOUBLE_VALUE -> expression.constant().doubleValue();
            default -> throw Refusal.notOf(expression, Type.NUMBER);
        };
    }

    /** Regular expressions of RE2, which take time in proportion to the text, whatever they are. */
    static Pattern pattern(CelExpr argument) {
        if (!isText(argument)) {
            throw Refusal.unsupported(argument, "'matches' with anything but a constant");
        }
        String regex = argument.constant().stringValue();
        if (regex.length() > MAX_REGEX) {
            throw new Refusal(
                    PackError.OUT_OF_RANGE,
                    argument.id(),
                    "the regular expression has " + regex.length() + " characters",
                    "At most " + MAX_REGEX + " are possible");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    argument.id(),
                    "not a regular expression: " + wrong.getDescription(),
                    "Regular expressions are those of RE2");
        }
    }

    private static String onlyText(List<CelExpr> args) {
        CelExpr only = args.getFirst();
        if (!isText(only)) {
            throw Refusal.unsupported(only, "anything but a constant text");
        }
        return only.constant().stringValue();
    }

    /** {@code duration('7d')}. */
    static Value duration(CelExpr expression, List<CelExpr> args) {
        String text = onlyText(args);
        boolean negative = text.startsWith("-");
        String length = negative ? text.substring(1) : text;
        if (!Durations.isDuration(length) || Durations.millis(length) >= Durations.MAX_MILLIS) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    expression.id(),
                    "'" + text + "' is no duration",
                    "Write for instance duration('7d') or duration('2h30m'), at most ten years");
        }
        double millis = negative ? -Durations.millis(length) : Durations.millis(length);
        return new Counts(scope -> millis, Type.LENGTH);
    }

    /** {@code timestamp('2026-01-31T12:00:00Z')}. */
    static Value time(CelExpr expression, List<CelExpr> args) {
        String text = onlyText(args);
        try {
            double millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            return new Counts(scope -> millis, Type.TIME);
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    expression.id(),
                    "'" + text + "' is no time",
                    "Write for instance timestamp('2026-01-31T12:00:00Z')");
        }
    }
}
