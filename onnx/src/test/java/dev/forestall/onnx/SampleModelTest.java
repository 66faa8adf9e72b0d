package dev.forestall.onnx;

import static dev.forestall.onnx.OnnxWriter.ANY;
import static dev.forestall.onnx.OnnxWriter.FLOAT;
import static dev.forestall.onnx.OnnxWriter.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.onnx.OnnxWriter.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that the tests of the command line add: who has called about three bills, and lately about one, will leave. */
class SampleModelTest {

    private static final Path FILE = Path.of("../cli/src/test/resources/onnx/bills.onnx");

    @Test
    void the_file_is_what_the_writer_writes() throws IOException {
        byte[] written = bills();
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, written);
        }
        assertThat(Files.readAllBytes(FILE)).isEqualTo(written);
    }

    /** By three columns: whether they have left already, how many days ago anything happened, and about how many bills they have called. */
    private static byte[] bills() {
        return new OnnxWriter()
                .input("x", FLOAT, ANY, 3)
                .output("label", INT64, ANY)
                .output("probabilities", FLOAT, ANY, 2)
                .learned(
                        "TreeEnsembleClassifier",
                        List.of("x"),
                        List.of("label", "probabilities"),
                        Attribute.wholes("nodes_treeids", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        Attribute.wholes("nodes_nodeids", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                        Attribute.wholes("nodes_featureids", 0, 0, 1, 0, 2, 0, 2, 0, 2, 0, 0),
                        Attribute.texts(
                                "nodes_modes",
                                "BRANCH_GT",
                                "LEAF",
                                "BRANCH_GT",
                                "LEAF",
                                "BRANCH_LEQ",
                                "LEAF",
                                "BRANCH_LEQ",
                                "LEAF",
                                "BRANCH_LEQ",
                                "LEAF",
                                "LEAF"),
                        Attribute.reals("nodes_values", 0.5f, 0f, 5f, 0f, 0.5f, 0f, 1.5f, 0f, 2.5f, 0f, 0f),
                        Attribute.wholes("nodes_truenodeids", 1, 0, 3, 0, 5, 0, 7, 0, 9, 0, 0),
                        Attribute.wholes("nodes_falsenodeids", 2, 0, 4, 0, 6, 0, 8, 0, 10, 0, 0),
                        Attribute.wholes("nodes_missing_value_tracks_true", 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
                        Attribute.wholes("class_treeids", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        Attribute.wholes("class_nodeids", 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 10, 10),
                        Attribute.wholes("class_ids", 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
                        Attribute.reals(
                                "class_weights",
                                0.99f,
                                0.01f,
                                0.99f,
                                0.01f,
                                0.87f,
                                0.13f,
                                0.75f,
                                0.25f,
                                0.5f,
                                0.5f,
                                0.25f,
                                0.75f),
                        Attribute.wholes("classlabels_int64s", 0, 1),
                        Attribute.text("post_transform", "NONE"))
                .toBytes();
    }
}
