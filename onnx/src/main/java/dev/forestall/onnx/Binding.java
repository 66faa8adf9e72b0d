package dev.forestall.onnx;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which features the inputs of a model are given, and what of its answer is the probability. Immutable.
 *
 * @param inputs in any order; those of the model decide
 */
public record Binding(List<Input> inputs, Output output) {

    /**
     * The features of one input, its columns in order.
     *
     * @param absent what is given for a feature that is absent; NaN, which only floats and doubles hold, when nothing was said
     */
    public record Input(String name, List<String> features, double absent) {
        public Input {
            features = List.copyOf(features);
        }

        boolean saysAbsent() {
            return !Double.isNaN(absent);
        }
    }

    /**
     * Where the probability stands. What is null was not told and must be clear without.
     *
     * @param name of the output
     * @param column of a tensor, from 0
     * @param label of the class, for an output of maps
     */
    public record Output(
            @Nullable String name,
            @Nullable Integer column,
            @Nullable String label) {

        /** Nothing is told. */
        public static final Output ANY = new Output(null, null, null);
    }

    public Binding {
        inputs = List.copyOf(inputs);
    }

    /** What holds without a binding file: each input is given the feature whose key is its own name. */
    public static Binding byName(Signature signature) {
        return new Binding(
                signature.inputs().stream()
                        .map(each -> new Input(each.name(), List.of(each.name()), Double.NaN))
                        .toList(),
                Output.ANY);
    }

    Optional<Input> input(String name) {
        return inputs.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
