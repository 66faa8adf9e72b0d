package dev.forestall.loop.risk;

import java.util.List;

/**
 * What was learned for a prediction, before it is bound to a definition. Immutable.
 *
 * @param prediction whose it is
 * @param model names it by its content: the same numbers have the same name everywhere
 * @param inputs what it looks at, in order
 * @param scorer how it comes to a probability
 */
public record Fitted(String prediction, String model, List<FittedInput> inputs, Scorer scorer) {

    /**
     * One thing the model looks at.
     *
     * @param key of the feature
     * @param usualLow the lower end of what is usual: one in ten lies below; NaN when unknown
     * @param usualHigh the upper end: one in ten lies above
     */
    public record FittedInput(String key, double usualLow, double usualHigh) {}

    public Fitted {
        inputs = List.copyOf(inputs);
    }
}
