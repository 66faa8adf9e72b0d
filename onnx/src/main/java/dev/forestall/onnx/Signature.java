package dev.forestall.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a model asks for and what it answers. Immutable.
 *
 * @param inputs in the order of the model
 * @param outputs in the order of the model
 */
public record Signature(List<Value> inputs, List<Value> outputs) {

    /** An input or an output. */
    public record Value(String name, Form form) {

        @Override
        public String toString() {
            return name + ": " + form.words();
        }
    }

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads the signature of a file in the ONNX format.
     *
     * @throws OnnxException when the file cannot be read or is no model that can be run
     */
    public static Signature read(Path model) {
        return of(ModelFile.read(model));
    }

    /** The same of the bytes of a file. */
    public static Signature of(byte[] model) {
        ModelScan scan = ModelScan.of(model);
        try (OrtSession session = Onnx.open(model)) {
            return Onnx.signature(session, scan);
        } catch (OrtException failed) {
            throw Onnx.notRun(failed);
        }
    }

    /**
     * Everything in which a binding does not fit this model, each a sentence for the person who wrote it; empty when the two fit.
     *
     * @param isFeature whether a key names a feature
     * @param knownFeatures keys to look for the one that was meant; not necessarily all
     */
    public List<String> check(Binding binding, Predicate<String> isFeature, Collection<String> knownFeatures) {
        return Check.of(this, binding, isFeature, knownFeatures);
    }

    /**
     * As {@link #check}.
     *
     * @throws OnnxException when the binding does not fit, with everything in which it does not, and what the model says of itself
     */
    public void require(Binding binding, Predicate<String> isFeature, Collection<String> knownFeatures) {
        List<String> mismatches = check(binding, isFeature, knownFeatures);
        if (!mismatches.isEmpty()) {
            throw new OnnxException(
                    OnnxError.MISMATCH,
                    "the model does not fit the pack:",
                    Stream.concat(
                                    mismatches.stream(),
                                    Stream.concat(Stream.of("The model says of itself:"), lines().stream()))
                            .toList());
        }
    }

    /** One line for each input and each output. */
    public List<String> lines() {
        return Stream.concat(
                        inputs.stream().map(each -> "input   " + each),
                        outputs.stream().map(each -> "output  " + each))
                .toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    List<String> inputNames() {
        return inputs.stream().map(Value::name).toList();
    }
}
