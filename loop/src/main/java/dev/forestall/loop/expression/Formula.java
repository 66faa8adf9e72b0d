package dev.forestall.loop.expression;

/**
 * A number computed from a scope. Pure. NaN when something it needs is absent.
 *
 * <p>All numbers are 64-bit decimals here: whole numbers, minor units and milliseconds are exact up to 2^53.
 */
@FunctionalInterface
public interface Formula {

    double value(Scope scope);
}
