package dev.forestall.pack.expression;

import dev.cel.common.ast.CelExpr;
import dev.forestall.pack.problem.PackError;

/** Ends the translation of an expression from within its tree. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PackError code;
    private final long expression;
    private final String expected;
    private final String nearest;
    private final boolean isFollowing;

    /**
     * @param code what kind of problem it is
     * @param expression the id of the part of the tree
     * @param found what was found there
     * @param expected what to write instead
     * @param nearest the valid name that was probably meant; empty for none
     * @param isFollowing whether another problem says it already
     */
    private Refusal(
            PackError code, long expression, String found, String expected, String nearest, boolean isFollowing) {
        super(found, null, false, false);
        this.code = code;
        this.expression = expression;
        this.expected = expected;
        this.nearest = nearest;
        this.isFollowing = isFollowing;
    }

    Refusal(PackError code, long expression, String found, String expected, String nearest) {
        this(code, expression, found, expected, nearest, false);
    }

    Refusal(PackError code, long expression, String found, String expected) {
        this(code, expression, found, expected, "");
    }

    /** Something that cannot be judged because what it asks for has a problem of its own, which is reported where it stands. */
    static Refusal followsFrom(CelExpr expression, String what) {
        return new Refusal(PackError.UNKNOWN_NAME, expression.id(), what + " could not be compiled", "", "", true);
    }

    /** Whether another problem says it already. */
    boolean isFollowing() {
        return isFollowing;
    }

    /** Something that CEL has and packs do not. */
    static Refusal unsupported(CelExpr expression, String what) {
        return new Refusal(
                PackError.NOT_SUPPORTED,
                expression.id(),
                what + " cannot be used in packs",
                "Possible are && || ! ?: comparisons, + - * / %, in, has, size, startsWith, endsWith, contains, matches,"
                        + " duration, timestamp, int and double");
    }

    /** Something of another type than its place wants. */
    static Refusal notOf(CelExpr expression, Type wanted) {
        return new Refusal(
                PackError.WRONG_TYPE,
                expression.id(),
                "this is not " + wanted.described(),
                "Write " + wanted.described());
    }

    PackError code() {
        return code;
    }

    long expression() {
        return expression;
    }

    String found() {
        return String.valueOf(getMessage());
    }

    String expected() {
        return expected;
    }

    String nearest() {
        return nearest;
    }
}
