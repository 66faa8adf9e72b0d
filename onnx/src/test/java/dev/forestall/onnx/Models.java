package dev.forestall.onnx;

import static dev.forestall.onnx.OnnxWriter.ANY;
import static dev.forestall.onnx.OnnxWriter.FLOAT;
import static dev.forestall.onnx.OnnxWriter.INT64;

import dev.forestall.onnx.OnnxWriter.Attribute;
import java.util.List;

/** Models as the usual exporters write them, small enough to be computed by hand. */
final class Models {

    /** The weights of the logistic models, and their constant. */
    static final float[] WEIGHTS = {0.5f, -1.25f, 2f};

    static final float CONSTANT = -0.75f;

    private Models() {}

    /** Logistic regression over one tensor, a probability per row. */
    static byte[] logistic() {
        return logistic(ANY);
    }

    /** The same, exported for a fixed number of rows. */
    static byte[] logistic(long rows) {
        return new OnnxWriter()
                .input("x", FLOAT, rows, 3)
                .output("p", FLOAT, rows, 1)
                .numbers("w", new long[] {3, 1}, WEIGHTS)
                .numbers("b", new long[] {1}, CONSTANT)
                .node("Gemm", List.of("x", "w", "b"), List.of("z"))
                .node("Sigmoid", List.of("z"), List.of("p"))
                .toBytes();
    }

    /** The same over named inputs: one of floats, one of doubles, one of whole numbers. */
    static byte[] named() {
        return new OnnxWriter()
                .input("calls", FLOAT, ANY, 1)
                .input("days", OnnxWriter.DOUBLE, ANY, 1)
                .input("open", INT64, ANY, 1)
                .output("p", FLOAT, ANY, 1)
                .numbers("w", new long[] {3, 1}, WEIGHTS)
                .numbers("b", new long[] {1}, CONSTANT)
                .node("Cast", List.of("days"), List.of("days_float"), Attribute.whole("to", FLOAT))
                .node("Cast", List.of("open"), List.of("open_float"), Attribute.whole("to", FLOAT))
                .node("Concat", List.of("calls", "days_float", "open_float"), List.of("x"), Attribute.whole("axis", 1))
                .node("Gemm", List.of("x", "w", "b"), List.of("z"))
                .node("Sigmoid", List.of("z"), List.of("p"))
                .toBytes();
    }

    /**
     * A tree with a label and probabilities: where the first column is at most 2, the probability of class 1 is 0.125; else where
     * the second is at most 0.5 or absent it is 0.5, else 0.875.
     */
    static byte[] tree() {
        return treeGraph("probabilities")
                .output("label", INT64, ANY)
                .output("probabilities", FLOAT, ANY, 2)
                .toBytes();
    }

    static double treeSays(float first, float second) {
        return first <= 2 ? 0.125 : second <= 0.5 || Float.isNaN(second) ? 0.5 : 0.875;
    }

    /** The same as a map per row. */
    static byte[] treeWithMaps() {
        return treeGraph("raw")
                .output("label", INT64, ANY)
                .maps("probabilities", INT64)
                .learned(
                        "ZipMap",
                        List.of("raw"),
                        List.of("probabilities"),
                        Attribute.wholes("classlabels_int64s", 0, 1))
                .toBytes();
    }

    private static OnnxWriter treeGraph(String probabilities) {
        return new OnnxWriter()
                .input("x", FLOAT, ANY, 2)
                .learned(
                        "TreeEnsembleClassifier",
                        List.of("x"),
                        List.of("label", probabilities),
                        Attribute.wholes("nodes_treeids", 0, 0, 0, 0, 0),
                        Attribute.wholes("nodes_nodeids", 0, 1, 2, 3, 4),
                        Attribute.wholes("nodes_featureids", 0, 0, 1, 0, 0),
                        Attribute.texts("nodes_modes", "BRANCH_LEQ", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"),
                        Attribute.reals("nodes_values", 2f, 0f, 0.5f, 0f, 0f),
                        Attribute.wholes("nodes_truenodeids", 1, 0, 3, 0, 0),
                        Attribute.wholes("nodes_falsenodeids", 2, 0, 4, 0, 0),
                        Attribute.wholes("nodes_missing_value_tracks_true", 0, 0, 1, 0, 0),
                        Attribute.wholes("class_treeids", 0, 0, 0, 0, 0, 0),
                        Attribute.wholes("class_nodeids", 1, 1, 3, 3, 4, 4),
                        Attribute.wholes("class_ids", 0, 1, 0, 1, 0, 1),
                        Attribute.reals("class_weights", 0.875f, 0.125f, 0.5f, 0.5f, 0.125f, 0.875f),
                        Attribute.wholes("classlabels_int64s", 0, 1),
                        Attribute.text("post_transform", "NONE"));
    }

    /** Logistic regression as the exporter of scikit-learn writes it. */
    static byte[] linear() {
        return new OnnxWriter()
                .input("x", FLOAT, ANY, 3)
                .output("label", INT64, ANY)
                .output("probabilities", FLOAT, ANY, 2)
                .learned(
                        "LinearClassifier",
                        List.of("x"),
                        List.of("label", "probabilities"),
                        Attribute.reals(
                                "coefficients",
                                -WEIGHTS[0],
                                -WEIGHTS[1],
                                -WEIGHTS[2],
                                WEIGHTS[0],
                                WEIGHTS[1],
                                WEIGHTS[2]),
                        Attribute.reals("intercepts", -CONSTANT, CONSTANT),
                        Attribute.wholes("classlabels_ints", 0, 1),
                        Attribute.whole("multi_class", 0),
                        Attribute.text("post_transform", "LOGISTIC"))
                .toBytes();
    }

    static double logisticSays(float[] row) {
        double z = CONSTANT;
        for (int i = 0; i < WEIGHTS.length; i++) {
            z += (double) WEIGHTS[i] * row[i];
        }
        return 1 / (1 + StrictMath.exp(-z));
    }
}
