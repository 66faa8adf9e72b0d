package dev.forestall.loop.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learned for a prediction, before it is bound to a definition. Immutable.
 *
 * @param prediction whose it is
 * @param model names it by its content: the same numbers have the same name everywhere
 * @param inputs what it looks at, in order
 * @param scorer how it comes to a probability; null for an external model, which is asked outside of the loop
 */
public record Fitted(
        String prediction,
        String model,
        List<FittedInput> inputs,
        @Nullable Scorer scorer) {

    /** What it looks at, by key. */
    public List<String> keys() {
        return inputs.stream().map(FittedInput::key).toList();
    }

    /** Whether the loop cannot compute it. */
    public boolean isExternal() {
        return scorer == null;
    }

    /** @throws IllegalStateException when the model is external */
    public Scorer ownScorer() {
        if (scorer == null) {
            throw new IllegalStateException("model " + model + " can only be asked outside of the loop");
        }
        return scorer;
    }

    /** What each input is as a rule: the middle of what is usual, whole where its ends are whole; NaN where that is unknown. */
    public float[] usual() {
        float[] usual = new float[inputs.size()];
        for (int i = 0; i < usual.length; i++) {
            double low = inputs.get(i).usualLow();
            double high = inputs.get(i).usualHigh();
            double middle = (low + high) / 2;
            boolean isWhole = low == Math.rint(low) && high == Math.rint(high);
            usual[i] = (float) (isWhole ? Math.floor(middle) : middle);
        }
        return usual;
    }

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
