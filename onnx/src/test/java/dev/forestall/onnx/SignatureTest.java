package dev.forestall.onnx;

import static dev.forestall.onnx.OnnxWriter.ANY;
import static dev.forestall.onnx.OnnxWriter.FLOAT;
import static dev.forestall.onnx.OnnxWriter.INT64;
import static dev.forestall.onnx.OnnxWriter.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Binding.Output;
import dev.forestall.onnx.OnnxWriter.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final List<String> FEATURES =
            List.of("count(call_missed)", "since(offer_sent)", "open(application)", "hour");

    @Test
    void a_signature_is_printed_one_line_each() {
        assertThat(Signature.of(Models.named()).lines())
                .containsExactly(
                        "input   calls: float [N, 1]",
                        "input   days: double [N, 1]",
                        "input   open: int64 [N, 1]",
                        "output  p: float [N, 1]");
        assertThat(Signature.of(Models.treeWithMaps()).toString()).isEqualTo("""
                        input   x: float [N, 2]
                        output  label: int64 [N]
                        output  probabilities: float by int64 class (0, 1), a map per row""");
        assertThat(Signature.of(Models.logistic(8)).lines())
                .containsExactly("input   x: float [8, 3]", "output  p: float [8, 1]");
    }

    @Test
    void a_binding_that_fits_has_no_mismatch() {
        Binding binding = binding(
                Output.ANY,
                new Input("calls", List.of("count(call_missed)"), Double.NaN),
                new Input("days", List.of("since(offer_sent)"), Double.NaN),
                new Input("open", List.of("open(application)"), 0));
        assertThat(check(Models.named(), binding)).isEmpty();
        assertThat(check(Models.tree(), binding(Output.ANY, input("x", "hour", "hour"))))
                .isEmpty();
    }

    @Test
    void all_mismatches_of_inputs_and_output_come_at_once() {
        Binding binding = binding(
                new Output("probability", null, null),
                input("call", "count(call_mised)"),
                input("days", "since(offer_sent)", "hour"),
                input("open", "open(application)"));
        assertThat(check(Models.named(), binding))
                .containsExactly(
                        "the input calls: float [N, 1] is bound to no feature; add it under 'inputs' of the binding file",
                        "the input days: double [N, 1] has 1 column, but 2 features are bound to it",
                        "the input open: int64 [N, 1] cannot hold that a feature is absent; say with 'absent' what it is given then",
                        "the binding names an input 'call' that the model does not have; it has calls, days, open. Did you mean 'calls'?",
                        "the input 'call' is bound to 'count(call_mised)', and there is no such feature. Did you mean 'count(call_missed)'?",
                        "the binding names an output 'probability' that the model does not have; p could be the probability");
    }

    @Test
    void inputs_that_no_feature_can_be_given_are_named() {
        byte[] model = new OnnxWriter()
                .input("channel", STRING, ANY, 1)
                .input("picture", FLOAT, ANY, 3, 8, 8)
                .input("alone", FLOAT)
                .input("eight", FLOAT, 8, 1)
                .input("nine", FLOAT, 9, 1)
                .input("many", FLOAT, 5_000, 1)
                .output("a", STRING, ANY, 1)
                .output("b", FLOAT, ANY, 3, 8, 8)
                .node("Identity", List.of("channel"), List.of("a"))
                .node("Identity", List.of("picture"), List.of("b"))
                .toBytes();
        Binding binding = binding(Output.ANY, input("eight", "hour"), input("nine", "hour"), input("many", "hour"));
        assertThat(check(model, binding))
                .containsExactly(
                        "the input channel: string [N, 1] cannot be given features; it would have to be float, double, int64, int32 or bool, as [N] or [N, columns]",
                        "the input picture: float [N, 3, 8, 8] cannot be given features; it would have to be float, double, int64, int32 or bool, as [N] or [N, columns]",
                        "the input alone: float [] cannot be given features; it would have to be float, double, int64, int32 or bool, as [N] or [N, columns]",
                        "the input many: float [5000, 1] asks for 5000 rows at a time; 1 to 1024 are possible. Export it with a dynamic first dimension",
                        "the inputs eight: float [8, 1] and nine: float [9, 1] and many: float [5000, 1] ask for different numbers of rows. Export the model with a dynamic first dimension",
                        "the model answers no probability: a: string [N, 1]; b: float [N, 3, 8, 8]. It needs an output of float or double as [N] or [N, columns], or of maps from class to probability; a label alone is none. Export it with its probabilities");
    }

    @Test
    void without_a_binding_file_each_input_is_given_the_feature_of_its_name() {
        byte[] model = new OnnxWriter()
                .input("hour", FLOAT, ANY, 1)
                .input("hours", FLOAT, ANY, 1)
                .output("p", FLOAT, ANY, 1)
                .node("Mul", List.of("hour", "hours"), List.of("p"))
                .toBytes();
        Signature signature = Signature.of(model);
        assertThat(signature.check(Binding.byName(signature), FEATURES::contains, FEATURES))
                .containsExactly(
                        "the input 'hours' is bound to 'hours', and there is no such feature. Did you mean 'hour'?");
    }

    @Test
    void an_output_that_is_not_clear_has_to_be_told() {
        byte[] two = new OnnxWriter()
                .input("x", FLOAT, ANY, 3)
                .output("p", FLOAT, ANY, 3)
                .output("q", FLOAT, ANY, 3)
                .output("label", INT64, ANY)
                .node("Sigmoid", List.of("x"), List.of("p"))
                .node("Softmax", List.of("x"), List.of("q"))
                .node(
                        "ArgMax",
                        List.of("x"),
                        List.of("label"),
                        Attribute.whole("axis", 1),
                        Attribute.whole("keepdims", 0))
                .toBytes();
        Input x = input("x", "hour", "hour", "hour");
        assertThat(check(two, binding(Output.ANY, x)))
                .containsExactly(
                        "the model has several outputs that could be the probability: p: float [N, 3]; q: float [N, 3]; say with 'output: { name: ... }' which one it is");
        assertThat(check(two, binding(new Output("label", null, null), x)))
                .containsExactly("the output label: int64 [N] is no probability; p, q could be one");
        assertThat(check(two, binding(new Output("q", null, null), x)))
                .containsExactly(
                        "the output q: float [N, 3] has 3 columns; say with 'output: { column: ... }', from 0, which one");
        assertThat(check(two, binding(new Output("q", 3, null), x)))
                .containsExactly("the output q: float [N, 3] has no column 3: it has 3 columns, counted from 0");
        assertThat(check(two, binding(new Output("q", null, "yes"), x)))
                .containsExactly(
                        "the output q: float [N, 3] has columns, not classes by label; say 'column' instead of 'class'");
        assertThat(check(two, binding(new Output("q", 2, null), x))).isEmpty();
    }

    @Test
    void a_class_has_to_be_told_and_to_exist() {
        Input x = input("x", "hour", "hour");
        assertThat(check(Models.treeWithMaps(), binding(Output.ANY, x)))
                .containsExactly(
                        "the output probabilities: float by int64 class (0, 1), a map per row has a probability for each class; say with 'output: { class: ... }' which one");
        assertThat(check(Models.treeWithMaps(), binding(new Output(null, null, "10"), x)))
                .containsExactly(
                        "the output probabilities: float by int64 class (0, 1), a map per row has no class '10'. Did you mean '0'?");
        assertThat(check(Models.treeWithMaps(), binding(new Output(null, 1, null), x)))
                .containsExactly(
                        "the output probabilities: float by int64 class (0, 1), a map per row has classes by label, not columns; say 'class' instead of 'column'");
        assertThat(check(Models.treeWithMaps(), binding(new Output(null, null, "1"), x)))
                .isEmpty();
    }

    private static List<String> check(byte[] model, Binding binding) {
        return Signature.of(model).check(binding, FEATURES::contains, FEATURES);
    }

    private static Input input(String name, String... features) {
        return new Input(name, List.of(features), Double.NaN);
    }

    private static Binding binding(Output output, Input... inputs) {
        return new Binding(List.of(inputs), output);
    }
}
