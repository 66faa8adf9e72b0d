package dev.forestall.onnx;

import static dev.forestall.onnx.OnnxWriter.ANY;
import static dev.forestall.onnx.OnnxWriter.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Binding.Output;
import dev.forestall.onnx.OnnxWriter.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {

    private static final Binding THREE = binding(Output.ANY, input("x", "a", "b", "c"));
    private static final Binding TWO = binding(Output.ANY, input("x", "a", "b"));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 1_024, 3_000})
    void a_logistic_regression_over_one_tensor_says_what_the_formula_says(int rows) {
        says(Models.logistic(), THREE, rows(rows, 3), Models::logisticSays);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3_000})
    void a_linear_classifier_says_what_the_formula_says(int rows) {
        says(Models.linear(), THREE, rows(rows, 3), Models::logisticSays);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 3_000})
    void a_tree_with_a_label_says_what_the_tree_says(int rows) {
        says(Models.tree(), TWO, rows(rows, 2), row -> Models.treeSays(row[0], row[1]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 3_000})
    void a_model_that_answers_a_map_per_row_is_asked_for_a_class(int rows) {
        Binding first = binding(new Output("probabilities", null, "0"), input("x", "a", "b"));
        says(Models.treeWithMaps(), first, rows(rows, 2), row -> 1 - Models.treeSays(row[0], row[1]));
    }

    @Test
    void the_column_that_was_told_is_taken() {
        Binding first = binding(new Output(null, 0, null), input("x", "a", "b"));
        says(Models.tree(), first, rows(100, 2), row -> 1 - Models.treeSays(row[0], row[1]));
    }

    @Test
    void named_inputs_are_given_their_features_in_the_order_of_the_model_whatever_that_of_the_binding() {
        Binding binding = binding(
                Output.ANY,
                new Input("open", List.of("o"), 7),
                new Input("calls", List.of("c"), Double.NaN),
                new Input("days", List.of("d"), Double.NaN));
        try (OnnxModel model = OnnxModel.open(Models.named(), binding)) {
            assertThat(model.features()).containsExactly("c", "d", "o");
            float[][] rows = {{1, 2, 3}, {0.5f, -2.25f, -1.9f}, {1, 2, Float.NaN}};
            assertThat(model.probabilities(rows))
                    .containsExactly(
                            new double[] {
                                Models.logisticSays(rows[0]),
                                // A whole number is cut off towards zero.
                                Models.logisticSays(new float[] {0.5f, -2.25f, -1}),
                                Models.logisticSays(new float[] {1, 2, 7})
                            },
                            within(1e-6));
        }
    }

    @Test
    void an_absent_feature_reaches_the_model_as_NaN() {
        try (OnnxModel model = OnnxModel.open(Models.tree(), TWO)) {
            assertThat(model.probabilities(new float[][] {{3, Float.NaN}, {3, 1}}))
                    .containsExactly(0.5, 0.875);
        }
    }

    @Test
    void an_absent_feature_is_given_as_what_the_binding_says() {
        Binding binding = binding(Output.ANY, new Input("x", List.of("a", "b"), 0.75));
        try (OnnxModel model = OnnxModel.open(Models.tree(), binding)) {
            assertThat(model.probabilities(new float[][] {{3, Float.NaN}, {Float.NaN, 1}}))
                    .containsExactly(0.875, 0.125);
        }
    }

    @Test
    void whole_numbers_of_32_bits_and_flags_are_given_too() {
        byte[] model = new OnnxWriter()
                .input("n", OnnxWriter.INT32, ANY)
                .input("flag", OnnxWriter.BOOL, ANY)
                .output("p", OnnxWriter.DOUBLE, ANY)
                .node("Cast", List.of("n"), List.of("n_double"), Attribute.whole("to", OnnxWriter.DOUBLE))
                .node("Cast", List.of("flag"), List.of("flag_double"), Attribute.whole("to", OnnxWriter.DOUBLE))
                .node("Mul", List.of("n_double", "flag_double"), List.of("z"))
                .node("Sigmoid", List.of("z"), List.of("p"))
                .toBytes();
        Binding binding = binding(Output.ANY, new Input("n", List.of("n"), 0), new Input("flag", List.of("f"), 1));
        try (OnnxModel opened = OnnxModel.open(model, binding)) {
            double one = 1 / (1 + StrictMath.exp(-1.0));
            assertThat(opened.probabilities(new float[][] {{1, 1}, {1, 0}, {1, Float.NaN}, {Float.NaN, 1}}))
                    .containsExactly(new double[] {one, 0.5, one, 0.5}, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 20})
    void a_model_that_asks_for_a_fixed_number_of_rows_is_given_them(int rows) {
        says(Models.logistic(8), THREE, rows(rows, 3), Models::logisticSays);
    }

    @Test
    void a_feature_may_be_bound_twice() {
        Binding binding = binding(Output.ANY, input("x", "a", "a", "b"));
        try (OnnxModel model = OnnxModel.open(Models.logistic(), binding)) {
            assertThat(model.features()).containsExactly("a", "a", "b");
        }
    }

    @Test
    void a_model_asked_twice_answers_the_same_bits() {
        float[][] rows = rows(2_000, 3);
        try (OnnxModel model = OnnxModel.open(Models.linear(), THREE)) {
            assertThat(model.probabilities(rows)).containsExactly(model.probabilities(rows));
        }
    }

    @Test
    void a_logistic_regression_that_is_given_NaN_says_so_and_what_to_do() {
        try (OnnxModel model = OnnxModel.open(Models.logistic(), THREE)) {
            assertThatThrownBy(() -> model.probabilities(new float[][] {{1, 1, 1}, {1, Float.NaN, 1}}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "EXT-007 the model's output 'p' answered NaN to row 1, where a probability from 0 to 1 was expected."
                                    + " Does the model know absent values? Say with 'absent' in the binding what it is given instead");
        }
    }

    @Test
    void a_score_that_is_no_probability_is_refused() {
        byte[] scores = new OnnxWriter()
                .input("x", FLOAT, ANY, 1)
                .output("score", FLOAT, ANY, 1)
                .node("Neg", List.of("x"), List.of("score"))
                .toBytes();
        try (OnnxModel model = OnnxModel.open(scores, binding(Output.ANY, input("x", "a")))) {
            assertThat(model.probabilities(new float[][] {{-1.0000001f}, {0}})).containsExactly(1, 0);
            assertThatThrownBy(() -> model.probabilities(new float[][] {{0}, {2}}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("answered -2.0 to row 1")
                    .hasMessageContaining("Is it a class's score");
        }
    }

    @Test
    void a_row_of_a_later_batch_is_named_by_its_own_number() {
        float[][] rows = rows(1_500, 3);
        rows[1_200][0] = Float.NaN;
        try (OnnxModel model = OnnxModel.open(Models.logistic(), THREE)) {
            assertThatThrownBy(() -> model.probabilities(rows)).hasMessageContaining("NaN to row 1200,");
        }
    }

    @Test
    void answers_of_which_there_are_not_as_many_as_rows_are_refused_when_opened() {
        byte[] two = new OnnxWriter()
                .input("x", FLOAT, ANY, 1)
                .output("p", FLOAT, ANY, 1)
                .node("Concat", List.of("x", "x"), List.of("p"), Attribute.whole("axis", 0))
                .toBytes();
        assertThatThrownBy(() -> OnnxModel.open(two, binding(Output.ANY, input("x", "a"))))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("EXT-006 ")
                .hasMessageContaining("the model's output 'p' answered [2, 1] to 1 row");
    }

    @Test
    void a_row_of_the_wrong_length_is_our_mistake_and_named() {
        try (OnnxModel model = OnnxModel.open(Models.logistic(), THREE)) {
            assertThatThrownBy(() -> model.probabilities(new float[][] {{1, 2}}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a row of 2 features was given to a model that is bound to 3");
        }
    }

    @Test
    void what_the_file_does_not_say_shows_when_it_is_opened() {
        byte[] open = new OnnxWriter()
                .input("x", FLOAT, ANY, ANY)
                .output("p", FLOAT, ANY, ANY)
                .node("Softmax", List.of("x"), List.of("p"), Attribute.whole("axis", 1))
                .toBytes();
        assertThatThrownBy(() -> OnnxModel.open(open, THREE))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining(
                        "the model's output 'p' has 3 columns; say with 'output: { column: ... }', from 0, which one");
        assertThatThrownBy(() -> OnnxModel.open(open, binding(new Output(null, 3, null), input("x", "a", "b", "c"))))
                .hasMessageContaining("has no column 3: it has 3 columns, counted from 0");
        OnnxModel.open(open, binding(new Output(null, 2, null), input("x", "a", "b", "c")))
                .close();
    }

    @Test
    void columns_that_an_operator_does_not_take_show_when_it_is_opened() {
        byte[] open = new OnnxWriter()
                .input("x", FLOAT, ANY, ANY)
                .output("p", FLOAT, ANY, 1)
                .numbers("w", new long[] {3, 1}, Models.WEIGHTS)
                .node("MatMul", List.of("x", "w"), List.of("p"))
                .toBytes();
        assertThatThrownBy(() -> OnnxModel.open(open, TWO))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("EXT-006 ")
                .hasMessageContaining("the model fails when it is given the bound features: ");
    }

    @Test
    void classes_with_texts_as_labels_are_told_apart() {
        byte[] model = new OnnxWriter()
                .input("x", FLOAT, ANY, 2)
                .maps("p", OnnxWriter.STRING)
                .learned("ZipMap", List.of("x"), List.of("p"), Attribute.texts("classlabels_strings", "no", "yes"))
                .toBytes();
        assertThatThrownBy(() -> OnnxModel.open(model, binding(new Output(null, null, "ja"), input("x", "a", "b"))))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("has no class 'ja'");
        says(
                model,
                binding(new Output(null, null, "yes"), input("x", "a", "b")),
                new float[][] {{0.25f, 0.75f}},
                row -> row[1]);
    }

    @Test
    void a_model_is_opened_from_its_file(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), Models.logistic());
        try (OnnxModel model = OnnxModel.open(file, THREE)) {
            assertThat(model.signature()).isEqualTo(Signature.read(file));
            assertThat(model.probabilities(new float[][] {{0, 0, 0}}))
                    .containsExactly(new double[] {Models.logisticSays(new float[3])}, within(1e-6));
        }
    }

    @Test
    void a_model_that_does_not_fit_its_binding_is_not_opened() {
        assertThatThrownBy(() -> OnnxModel.open(Models.logistic(), binding(Output.ANY, input("y", "a"))))
                .isInstanceOfSatisfying(OnnxException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(OnnxError.MISMATCH);
                    assertThat(refused.details())
                            .containsExactly(
                                    "the input x: float [N, 3] is bound to no feature; add it under 'inputs' of the binding file",
                                    "the binding names an input 'y' that the model does not have; it has x. Did you mean 'x'?");
                });
    }

    private static void says(byte[] bytes, Binding binding, float[][] rows, ToDoubleFunction<float[]> expected) {
        double[] wanted = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            wanted[i] = expected.applyAsDouble(rows[i]);
        }
        try (OnnxModel model = OnnxModel.open(bytes, binding)) {
            assertThat(model.probabilities(rows)).containsExactly(wanted, within(1e-6));
        }
    }

    /** Rows that differ, so that one in the place of another is seen. */
    private static float[][] rows(int count, int columns) {
        Random random = new Random(7);
        float[][] rows = new float[count][columns];
        for (float[] row : rows) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextFloat() * 4 - 0.5f;
            }
        }
        return rows;
    }

    private static Input input(String name, String... features) {
        return new Input(name, List.of(features), Double.NaN);
    }

    private static Binding binding(Output output, Input... inputs) {
        return new Binding(List.of(inputs), output);
    }
}
