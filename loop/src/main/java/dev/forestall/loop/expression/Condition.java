package dev.forestall.loop.expression;

/** Something that holds or does not, or is unknown because something it needs is absent. Pure. */
@FunctionalInterface
public interface Condition {

    Condition ALWAYS = scope -> Truth.TRUE;

    Truth test(Scope scope);

    /** Whether it certainly holds. */
    default boolean holds(Scope scope) {
        return test(scope) == Truth.TRUE;
    }

    static Condition and(Condition left, Condition right) {
        return scope -> {
            Truth first = left.test(scope);
            if (first == Truth.FALSE) {
                return Truth.FALSE;
            }
            Truth second = right.test(scope);
            return second == Truth.FALSE ? Truth.FALSE : first == Truth.UNKNOWN ? Truth.UNKNOWN : second;
        };
    }

    static Condition or(Condition left, Condition right) {
        return scope -> {
            Truth first = left.test(scope);
            if (first == Truth.TRUE) {
                return Truth.TRUE;
            }
            Truth second = right.test(scope);
            return second == Truth.TRUE ? Truth.TRUE : first == Truth.UNKNOWN ? Truth.UNKNOWN : second;
        };
    }

    static Condition not(Condition condition) {
        return scope -> condition.test(scope).not();
    }
}
