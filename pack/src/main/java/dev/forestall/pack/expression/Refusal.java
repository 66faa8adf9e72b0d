package dev.forestall.pack.expression;

import dev.forestall.pack.problem.PackError;

/** Ends the translation of an expression from within its tree. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PackError code;
    private final long expression;
    private final String expected;
    private final String nearest;

    /**
     * @param code what kind of problem it is
     * @param expression the id of the part of the tree
     * @param found what was found there
     * @param expected what to write instead
     */
    Refusal(PackError code, long expression, String found, String expected, String nearest) {
        super(found, null, false, false);
        this.code = code;
        this.expression = expression;
        this.expected = expected;
        this.nearest = nearest;
    }

    Refusal(PackError code, long expression, String found, String expected) {
        this(code, expression, found, expected, "");
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
