package dev.forestall.loop.risk;

import dev.forestall.loop.event.Message;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.FeatureSpace;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.risk.Fitted.FittedInput;
import java.util.ArrayList;
import java.util.List;

/** What was learned, bound to the features of a definition. Immutable. */
public final class Model {

    private final Fitted fitted;
    private final FeatureSpace space;

    /** @throws IllegalArgumentException when it looks at something that the definition does not have; see {@link #missing} */
    public Model(Fitted fitted, Features features) {
        List<String> missing = missing(fitted, features);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("model " + fitted.model() + " of " + fitted.prediction()
                    + " looks at features that the definition does not have: " + missing);
        }
        this.fitted = fitted;
        this.space = new FeatureSpace(fitted.inputs().stream()
                .<Feature>map(input -> features.find(input.key()).orElseThrow())
                .toList());
    }

    /** The keys of the features that a model needs and a definition does not have. */
    public static List<String> missing(Fitted fitted, Features features) {
        return fitted.inputs().stream()
                .map(FittedInput::key)
                .filter(key -> features.find(key).isEmpty())
                .toList();
    }

    /** Names it by its content. */
    public String name() {
        return fitted.model();
    }

    public Fitted fitted() {
        return fitted;
    }

    public FeatureSpace space() {
        return space;
    }

    /** Whether it has to be asked outside of the loop. */
    public boolean isExternal() {
        return fitted.isExternal();
    }

    /**
     * Asks an external model about a row.
     *
     * @param row what it looks at; more than that is left out
     * @param explainFrom a probability from which somebody will want to know why
     */
    public Message.Question question(float[] row, double explainFrom) {
        List<Float> values = new ArrayList<>(space.size());
        for (int i = 0; i < space.size(); i++) {
            values.add(row[i]);
        }
        return new Message.Question(fitted.prediction(), name(), values, explainFrom);
    }

    /** @throws IllegalStateException when the model is external */
    public Scorer scorer() {
        return fitted.ownScorer();
    }
}
