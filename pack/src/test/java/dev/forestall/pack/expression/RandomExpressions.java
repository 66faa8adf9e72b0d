package dev.forestall.pack.expression;

import java.util.List;
import java.util.Random;

/** Writes random CEL expressions of a wanted type over the properties of {@link CelAgreementTest}. */
final class RandomExpressions {

    private static final List<String> TEXTS =
            List.of("''", "'a'", "'ab'", "'abc'", "'status'", "'\u00e9'", "'\ud83d\ude00'");
    private static final List<String> LENGTHS = List.of("'1h'", "'36h'", "'90m'", "'5s'", "'-2h'");
    private static final List<String> TIMES =
            List.of("'2026-01-01T00:00:00Z'", "'2026-03-01T12:30:00Z'", "'2025-12-31T23:59:59+02:00'");

    private final Random random;

    RandomExpressions(long seed) {
        this.random = new Random(seed);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    String truth(int depth) {
        if (depth == 0) {
            return one(List.of(
                    "b1", "b2", "event.b1", "true", "false", "has(event.i1)", "has(event.s2)", "type == 'left'"));
        }
        int next = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> "(" + truth(next) + " && " + truth(next) + ")";
            case 1 -> "(" + truth(next) + " || " + truth(next) + ")";
            case 2 -> "!" + "(" + truth(next) + ")";
            case 3 -> "(" + truth(next) + " ? " + truth(next) + " : " + truth(next) + ")";
            case 4 -> "(" + number(next) + comparison() + number(next) + ")";
            case 5 -> "(" + whole(next) + comparison() + whole(next) + ")";
            case 6 -> "(" + text(next) + comparison() + text(next) + ")";
            case 7 -> "(" + time(next) + comparison() + time(next) + ")";
            case 8 -> "(" + length(next) + comparison() + length(next) + ")";
            // Adding 0 leaves no negative zero: the library takes it for less than a whole 0, and we for equal, as IEEE
            // 754 does.
            case 9 -> "((" + number(next) + " + 0.0)" + one(List.of(" < ", " <= ", " > ", " >= ")) + whole(next) + ")";
            case 10 -> "(" + text(next) + " in [" + one(TEXTS) + ", " + one(TEXTS) + "])";
            case 11 -> "(" + whole(next) + " in [1, 2, 3, " + random.nextInt(20) + "])";
            case 12 -> text(next) + "." + one(List.of("startsWith", "endsWith", "contains")) + "(" + text(next) + ")";
            default -> text(next) + ".matches(" + one(List.of("'a.*c'", "'^s'", "'[0-9]+'", "''")) + ")";
        };
    }

    private String comparison() {
        return one(List.of(" == ", " != ", " < ", " <= ", " > ", " >= "));
    }

    String number(int depth) {
        if (depth == 0) {
            return one(List.of("n1", "n2", "m1", "event.n1", "0.5", "2.0", "-1.25", "1000.1", "100.0"));
        }
        int next = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "(" + number(next) + one(List.of(" + ", " - ")) + number(next) + ")";
            case 1 -> "(" + number(next) + " * " + one(List.of("0.04", "2.5", "-1.0", "n1", "double(i1)")) + ")";
            case 2 -> "(" + number(next) + " / " + one(List.of("2.0", "-0.5", "3.0")) + ")";
            case 3 -> "(" + truth(next) + " ? " + number(next) + " : " + number(next) + ")";
            case 4 -> "-(" + number(next) + ")";
            default -> "double(" + whole(next) + ")";
        };
    }

    String whole(int depth) {
        if (depth == 0) {
            return one(List.of("i1", "i2", "event.i1", "0", "1", "7", "-3", "size(s1)", "s2.size()"));
        }
        int next = depth - 1;
        return switch (random.nextInt(6)) {
            case 0 -> "(" + whole(next) + one(List.of(" + ", " - ", " * ")) + whole(next) + ")";
            case 1 -> "(" + whole(next) + one(List.of(" / ", " % ")) + whole(next) + ")";
            case 2 -> "(" + truth(next) + " ? " + whole(next) + " : " + whole(next) + ")";
            case 3 -> "-(" + whole(next) + ")";
            case 4 -> "size(" + text(next) + ")";
            default -> "int(" + number(Math.min(next, 1)) + ")";
        };
    }

    String text(int depth) {
        if (depth == 0) {
            return one(List.of("s1", "s2", "event.s1", one(TEXTS), one(TEXTS)));
        }
        int next = depth - 1;
        return random.nextBoolean()
                ? "(" + text(next) + " + " + text(next) + ")"
                : "(" + truth(next) + " ? " + text(next) + " : " + text(next) + ")";
    }

    private String time(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? "timestamp(" + one(TIMES) + ")" : one(List.of("t1", "t2", "event.t1"));
        }
        return "(" + time(depth - 1) + one(List.of(" + ", " - ")) + length(depth - 1) + ")";
    }

    private String length(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? "duration(" + one(LENGTHS) + ")" : one(List.of("d1", "event.d1"));
        }
        return switch (random.nextInt(3)) {
            case 0 -> "(" + length(depth - 1) + one(List.of(" + ", " - ")) + length(depth - 1) + ")";
            case 1 -> "(" + time(depth - 1) + " - " + time(depth - 1) + ")";
            default -> length(0);
        };
    }
}
