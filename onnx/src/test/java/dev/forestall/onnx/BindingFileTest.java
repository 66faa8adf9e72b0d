package dev.forestall.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Binding.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingFileTest {

    @Test
    void every_way_to_bind_is_read() {
        Binding binding = BindingFile.parse("b.yaml", """
                output: { name: output_probability, class: "1" }
                inputs:
                  float_input: [ "count(call_missed)", since(offer_sent) ]
                  filled: { features: ["hour", "weekday"], absent: -1.5 }
                  calls: { feature: "count(call_missed)" }
                  open: { feature: "open(application)", absent: 0 }
                  flag: { feature: "latest(call_missed)", absent: true }
                  hour: hour
                """);
        assertThat(binding)
                .isEqualTo(new Binding(
                        List.of(
                                new Input(
                                        "float_input", List.of("count(call_missed)", "since(offer_sent)"), Double.NaN),
                                new Input("filled", List.of("hour", "weekday"), -1.5),
                                new Input("calls", List.of("count(call_missed)"), Double.NaN),
                                new Input("open", List.of("open(application)"), 0),
                                new Input("flag", List.of("latest(call_missed)"), 1),
                                new Input("hour", List.of("hour"), Double.NaN)),
                        new Output("output_probability", null, "1")));
    }

    @Test
    void the_output_may_be_left_out_or_told_by_its_column() {
        assertThat(BindingFile.parse("b.yaml", "inputs: { x: [hour] }").output())
                .isEqualTo(Output.ANY);
        assertThat(BindingFile.parse("b.yaml", "{ output: { column: 1 }, inputs: { x: [hour] } }")
                        .output())
                .isEqualTo(new Output(null, 1, null));
    }

    @Test
    void all_that_is_wrong_is_said_at_once_with_its_place() {
        wrong(
                """
                outputs: {}
                output: { colum: 1, column: -1, class: [a] }
                inputs:
                  a: []
                  b: { feature: hour, features: [hour] }
                  c: { absent: much }
                  d: { features: hour }
                  a: hour
                  e:
                  f: [ [hour], "" ]
                """,
                "b.yaml:1:1: there is no key 'outputs' here; there is output, inputs. Did you mean 'output'?",
                "b.yaml:4:6: the input 'a' has an empty list; the keys of its features were expected",
                "b.yaml:8:3: 'a' stands here a second time; keep one of them",
                "b.yaml:5:6: the input 'b' needs 'feature' with one key, or 'features' with a list",
                "b.yaml:6:6: the input 'c' needs 'feature' with one key, or 'features' with a list",
                "b.yaml:6:16: 'absent' is 'much'; a number, true or false was expected",
                "b.yaml:7:18: 'features' is 'hour'; a list of keys was expected",
                "b.yaml:9:5: the feature of 'e' is nothing; a text was expected",
                "b.yaml:10:8: a feature of 'f' is a list; a text was expected",
                "b.yaml:10:16: a feature of 'f' is ''; a text was expected",
                "b.yaml:2:11: there is no key 'colum' here; there is name, column, class. Did you mean 'column'?",
                "b.yaml:2:40: 'column' and 'class' exclude each other; keep the one that the output has",
                "b.yaml:2:29: 'column' is '-1'; a whole number from 0 was expected",
                "b.yaml:2:40: 'class' is a list; a text was expected");
    }

    @Test
    void a_key_that_was_cut_at_its_comma_is_noticed() {
        wrong(
                "inputs: { x: [hour, recent(events, 7d)] }",
                "b.yaml:1:21: 'recent(events' ends before its bracket does; put a key that holds a comma in quotes");
    }

    @Test
    void what_is_no_mapping_with_inputs_is_refused() {
        wrong("", "b.yaml: the file is empty");
        wrong("[a, b]", "b.yaml:1:1: here is a list; a mapping with 'inputs' was expected");
        wrong(
                "output: p",
                "b.yaml:1:1: 'inputs' is missing; it says which features each input is given",
                "b.yaml:1:9: 'output' is 'p'; a mapping such as { name: probabilities } was expected");
        wrong("inputs: hour", "b.yaml:1:9: 'inputs' is 'hour'; the names of inputs with their features were expected");
        assertThatThrownBy(() -> BindingFile.parse("b.yaml", "inputs: { a: [b"))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("EXT-005 the binding file cannot be used")
                .hasMessageContaining("b.yaml:1:16: not YAML");
    }

    @Test
    void a_file_that_is_missing_too_large_or_no_text_is_refused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("binding.yaml");
        refused(file, OnnxError.UNREADABLE);
        Files.write(file, Models.tree());
        refused(file, OnnxError.BAD_BINDING);
        Files.write(file, new byte[2_000_000]);
        refused(file, OnnxError.TOO_LARGE);
        Files.writeString(file, "inputs: { x: [hour] }");
        assertThat(BindingFile.read(file).input("x").orElseThrow().features()).containsExactly("hour");
    }

    private static void refused(Path file, OnnxError error) {
        assertThatThrownBy(() -> BindingFile.read(file)).isInstanceOfSatisfying(OnnxException.class, refused -> {
            assertThat(refused.error()).isEqualTo(error);
            assertThat(refused).hasMessageContaining(file.toString());
        });
    }

    private static void wrong(String text, String... said) {
        assertThatThrownBy(() -> BindingFile.parse("b.yaml", text))
                .isInstanceOfSatisfying(
                        OnnxException.class,
                        refused -> assertThat(refused.details()).containsExactlyInAnyOrder(said));
    }
}
