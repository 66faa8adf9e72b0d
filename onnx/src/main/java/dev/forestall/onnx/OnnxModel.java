package dev.forestall.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.forestall.loop.host.ExternalModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model in the ONNX format, computed by ONNX Runtime with one thread. For one thread at a time; holds memory outside the heap. */
public final class OnnxModel implements ExternalModel {

    /** So many rows are computed at a time; what a model needs in between stays small. */
    static final int MAX_ROWS = 1_024;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Signature signature;
    private final List<String> features;
    private final List<Feed> feeds;
    private final Choice choice;
    private final int batch;
    private final boolean isFixed;

    private OnnxModel(OrtSession session, Signature signature, Binding binding, Choice choice) {
        this.environment = Onnx.environment();
        this.session = session;
        this.signature = signature;
        this.choice = choice;
        long fixed = signature.inputs().stream()
                .mapToLong(each -> tensor(each).rows())
                .max()
                .orElse(-1);
        this.isFixed = fixed > 0;
        this.batch = isFixed ? (int) fixed : MAX_ROWS;
        this.feeds = signature.inputs().stream()
                .map(each -> new Feed(tensor(each), binding.input(each.name()).orElseThrow(), batch))
                .toList();
        this.features = signature.inputs().stream()
                .flatMap(each -> binding.input(each.name()).orElseThrow().features().stream())
                .toList();
    }

    private static Form.Tensor tensor(Signature.Value input) {
        if (input.form() instanceof Form.Tensor tensor) {
            return tensor;
        }
        throw new IllegalStateException("bound to features: " + input);
    }

    /**
     * Opens a file in the ONNX format.
     *
     * @throws OnnxException when the file cannot be read, is no model that can be run, or does not fit its binding; then it
     *     names all mismatches but those of the features' keys, which {@link Signature#check} finds
     */
    public static OnnxModel open(Path model, Binding binding) {
        return open(ModelFile.read(model), binding);
    }

    /** The same from the bytes of a file. */
    public static OnnxModel open(byte[] model, Binding binding) {
        ModelScan scan = ModelScan.of(model);
        OrtSession session = Onnx.open(model);
        try {
            return open(session, Onnx.signature(session, scan), binding);
        } catch (OrtException failed) {
            close(session);
            throw Onnx.notRun(failed);
        } catch (RuntimeException refused) {
            close(session);
            throw refused;
        }
    }

    private static OnnxModel open(OrtSession session, Signature signature, Binding binding) {
        List<String> mismatches = new ArrayList<>(signature.check(binding, key -> true, List.of()));
        Choice choice = mismatches.isEmpty() ? Choice.of(signature, binding.output(), mismatches) : null;
        if (choice == null) {
            throw mismatch(mismatches);
        }
        OnnxModel model = new OnnxModel(session, signature, binding, choice);
        String failed = model.tried();
        if (!failed.isEmpty()) {
            throw mismatch(List.of(failed));
        }
        return model;
    }

    private static OnnxException mismatch(List<String> mismatches) {
        return new OnnxException(OnnxError.MISMATCH, "the model and its binding do not fit:", mismatches);
    }

    /** The features that a row holds, in order; one may stand there several times. */
    public List<String> features() {
        return features;
    }

    public Signature signature() {
        return signature;
    }

    /**
     * Asks one row of zeros. What a file does not say shows then: the columns of an output, the labels of classes, or that an
     * operator does not take the bound columns.
     *
     * @return what is wrong; empty when the answer has the form that it should have, whatever its value
     */
    private String tried() {
        float[] zeros = new float[features.size()];
        try {
            ask(new float[][] {zeros}, 0, 1);
            return "";
        } catch (OrtException failed) {
            return "the model fails when it is given the bound features: " + Onnx.said(failed);
        } catch (Answers.Wrong wrong) {
            return wrong.said();
        }
    }

    @Override
    public double[] probabilities(float[][] rows) {
        double[] all = new double[rows.length];
        for (int from = 0; from < rows.length; from += batch) {
            int count = Math.min(batch, rows.length - from);
            double[] answers = answers(rows, from, count);
            for (int i = 0; i < count; i++) {
                all[from + i] = Answers.checked(answers[i], choice, from + i);
            }
        }
        return all;
    }

    private double[] answers(float[][] rows, int from, int count) {
        try {
            return ask(rows, from, count);
        } catch (OrtException failed) {
            throw new IllegalStateException(
                    OnnxError.BAD_ANSWER.code() + " the model failed on rows " + from + " to " + (from + count - 1)
                            + ": " + Onnx.said(failed),
                    failed);
        }
    }

    /** The answers to some of the rows, and more where the model asks for a fixed number: it is given the last one again and again. */
    private double[] ask(float[][] rows, int from, int count) throws OrtException {
        int given = isFixed ? batch : count;
        feeds.forEach(Feed::clear);
        for (int i = 0; i < given; i++) {
            add(rows[from + Math.min(i, count - 1)]);
        }
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Feed feed : feeds) {
                tensors.put(feed.name(), feed.tensor(environment, given));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(choice.output()))) {
                return Answers.read(result.get(0), choice, given);
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private void add(float[] row) {
        if (row.length != features.size()) {
            throw new IllegalStateException(OnnxError.BAD_ANSWER.code() + " a row of " + row.length
                    + " features was given to a model that is bound to " + features.size());
        }
        int column = 0;
        for (Feed feed : feeds) {
            feed.add(row, column);
            column += feed.columns();
        }
    }

    @Override
    public void close() {
        close(session);
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException("a model was closed that was not open", failed);
        }
    }
}
