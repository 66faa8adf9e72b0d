package dev.forestall.loop.expression;

import org.jspecify.annotations.Nullable;

/** A text computed from a scope. Pure. Null when something it needs is absent. */
@FunctionalInterface
public interface Words {

    @Nullable
    String value(Scope scope);
}
