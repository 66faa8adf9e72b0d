package dev.forestall.loop.risk;

import java.util.List;

/**
 * How what a model looks at lay in training: so that it can be noticed when it no longer does. Immutable.
 *
 * @param windowMillis within windows of this length one moment of each customer counted; above 0
 * @param inputs by input of the model
 */
public record Spreads(long windowMillis, List<Spread> inputs) {

    public Spreads {
        inputs = List.copyOf(inputs);
        if (windowMillis <= 0) {
            throw new IllegalArgumentException("a window of " + windowMillis + " ms is impossible");
        }
    }
}
