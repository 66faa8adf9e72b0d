package dev.forestall.onnx;

import static dev.forestall.onnx.OnnxWriter.ANY;
import static dev.forestall.onnx.OnnxWriter.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.onnx.OnnxWriter.Attribute;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedModelTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_that_is_not_there_is_named() {
        Path file = folder.resolve("none.onnx");
        refused(() -> Signature.read(file), OnnxError.UNREADABLE, "there is no file " + file);
        refused(() -> Signature.read(folder), OnnxError.UNREADABLE, "there is no file " + folder);
    }

    @Test
    void a_file_beyond_the_limit_is_not_even_read() throws IOException {
        Path file = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ModelFile.MAX_BYTES + (1 << 20));
        }
        refused(() -> Signature.read(file), OnnxError.TOO_LARGE, "the model has 513 MB; at most 512 are possible");
    }

    @Test
    void an_empty_file_is_refused() {
        refused(() -> Signature.of(new byte[0]), OnnxError.NOT_A_MODEL, "the file is empty");
    }

    @Test
    void a_text_is_refused() {
        byte[] text = "inputs: { x: [hour] }\n".getBytes(StandardCharsets.UTF_8);
        refused(() -> Signature.of(text), OnnxError.NOT_A_MODEL, "the file is no model in the ONNX format");
    }

    @Test
    void a_message_without_a_graph_is_refused() {
        byte[] empty = new OnnxWriter.Message().whole(1, 7).text(2, "somebody").toBytes();
        refused(() -> Signature.of(empty), OnnxError.NOT_A_MODEL, "it holds no graph");
    }

    @Test
    void a_model_cut_off_anywhere_is_refused() {
        byte[] model = Models.tree();
        for (int length = 0; length < model.length; length += 7) {
            byte[] cut = Arrays.copyOf(model, length);
            assertThatThrownBy(() -> Signature.of(cut))
                    .as("cut off after %d bytes", length)
                    .isInstanceOfSatisfying(
                            OnnxException.class,
                            refused -> assertThat(refused.error()).isEqualTo(OnnxError.NOT_A_MODEL));
        }
    }

    @Test
    void a_model_with_damaged_bytes_is_refused_or_read_and_nothing_else() {
        Random random = new Random(11);
        byte[] model = Models.tree();
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = model.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(Signature.of(damaged).inputs()).isNotEmpty();
            } catch (OnnxException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 299);
    }

    @Test
    void numbers_in_another_file_are_refused_wherever_they_hide() {
        byte[] plain = new OnnxWriter()
                .input("x", FLOAT, ANY, 3)
                .output("p", FLOAT, ANY, 1)
                .numbersElsewhere("w", new long[] {3, 1}, "/etc/hostname")
                .node("MatMul", List.of("x", "w"), List.of("p"))
                .toBytes();
        refused(
                () -> Signature.of(plain),
                OnnxError.OTHER_FILES,
                "the numbers of 1 tensor in other files (first: 'w' in '/etc/hostname')");
        byte[] constant = new OnnxWriter()
                .input("x", FLOAT, ANY, 3)
                .output("p", FLOAT, ANY, 1)
                .node(
                        "Constant",
                        List.of(),
                        List.of("w"),
                        Attribute.tensor("value", OnnxWriter.elsewhere("c", new long[] {3, 1}, "model.data")))
                .node("MatMul", List.of("x", "w"), List.of("p"))
                .toBytes();
        refused(() -> Signature.of(constant), OnnxError.OTHER_FILES, "'c' in 'model.data'");
        OnnxWriter branch = new OnnxWriter()
                .numbersElsewhere("inner", new long[] {1}, "model.data")
                .output("inner", FLOAT, 1);
        byte[] nested = new OnnxWriter()
                .input("x", OnnxWriter.BOOL, 1)
                .output("p", FLOAT, 1)
                .node(
                        "If",
                        List.of("x"),
                        List.of("p"),
                        Attribute.graph("then_branch", branch),
                        Attribute.graph("else_branch", branch))
                .toBytes();
        refused(() -> Signature.of(nested), OnnxError.OTHER_FILES, "the numbers of 2 tensors");
    }

    @Test
    void a_file_in_the_other_format_of_the_runtime_is_never_read_as_one() {
        // A model of ours that begins as that format does: "ORTM" stands at the fifth byte.
        byte[] name = "xxORTM".getBytes(StandardCharsets.UTF_8);
        byte[] begin = new OnnxWriter.Message().bytes(2, name).toBytes();
        byte[] model = Models.logistic();
        byte[] both = Arrays.copyOf(begin, begin.length + model.length);
        System.arraycopy(model, 0, both, begin.length, model.length);
        assertThat(new String(both, 4, 4, StandardCharsets.UTF_8)).isEqualTo("ORTM");
        assertThat(Signature.of(both)).isEqualTo(Signature.of(model));
    }

    @Test
    void an_operator_that_the_runtime_does_not_have_is_refused_in_its_words() {
        byte[] model = new OnnxWriter()
                .input("x", FLOAT, ANY, 1)
                .output("p", FLOAT, ANY, 1)
                .node("com.example", "Guess", List.of("x"), List.of("p"))
                .toBytes();
        refused(() -> Signature.of(model), OnnxError.NOT_A_MODEL, "Guess");
    }

    @Test
    void an_opset_of_the_future_is_refused_in_the_words_of_the_runtime() {
        byte[] model = new OnnxWriter()
                .input("x", FLOAT, ANY, 1)
                .output("p", FLOAT, ANY, 1)
                .node("Sigmoid", List.of("x"), List.of("p"))
                .toBytes(900);
        refused(() -> Signature.of(model), OnnxError.NOT_A_MODEL, "Opset 900 is under development");
    }

    private static void refused(ThrowingCallable reading, OnnxError error, String part) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(OnnxException.class, refused -> {
            assertThat(refused.error()).isEqualTo(error);
            assertThat(refused).hasMessageStartingWith(error.code() + " ").hasMessageContaining(part);
        });
    }
}
