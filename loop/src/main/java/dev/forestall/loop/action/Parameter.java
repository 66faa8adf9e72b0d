package dev.forestall.loop.action;

import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Scope;
import java.util.Optional;

/**
 * What an action is filled with: one value under a name that its template or workflow knows. Immutable.
 *
 * @param name as the pack calls it
 */
public record Parameter(String name, Value value) {

    /** One value, with its type. */
    public sealed interface Value {

        record Text(String text) implements Value {}

        /** @param number neither infinite nor {@code NaN} */
        record Number(double number) implements Value {}

        record Truth(boolean isTrue) implements Value {}

        record Amount(Money money) implements Value {}

        /** @param atMillis in milliseconds since 1970 UTC */
        record Time(long atMillis) implements Value {}

        record Length(long millis) implements Value {}
    }

    /** How a pack says what a parameter is. @param name of the parameter @param reading how it is read */
    public record Rule(String name, Reading reading) {

        Optional<Parameter> at(Scope scope) {
            return reading.at(scope).map(value -> new Parameter(name, value));
        }
    }

    /** Reads a value at the moment of the request. */
    @FunctionalInterface
    public interface Reading {

        /** Nothing when it is not known. */
        Optional<Value> at(Scope scope);
    }
}
