package dev.forestall.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Binding.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.ONNXExportable;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Files as a library that knows nothing of us writes them: models trained and exported by Tribuo answer here what they answer there.
 * Tribuo writes one tensor of all features, in the order of their names, and one of the probabilities of all classes, in an order of its
 * own.
 */
class RealExporterTest {

    private static final String[] FEATURES = {"count(call_missed)", "recent(events, 7d)", "since(offer_sent)"};
    private static final LabelFactory LABELS = new LabelFactory();

    /** Kept, or its level would be forgotten: Tribuo tells of every thousandth example. */
    private static final Logger TRAINING = Logger.getLogger("org.tribuo");

    static {
        TRAINING.setLevel(Level.WARNING);
    }

    @TempDir
    Path folder;

    @Test
    void a_logistic_regression_answers_what_it_answered_where_it_was_trained() throws IOException {
        Model<Label> trained = new LogisticRegressionTrainer().train(history());
        assertThat(answersAlike(trained)).isEqualTo(500);
    }

    @Test
    void a_factorisation_machine_does_so_too() throws IOException {
        Model<Label> trained =
                new FMClassificationTrainer(new LogMulticlass(), new AdaGrad(0.1), 5, 7L, 4, 0.1).train(history());
        assertThat(answersAlike(trained)).isEqualTo(500);
    }

    @Test
    void what_does_not_fit_the_file_is_told() throws IOException {
        Path file = exported(new LogisticRegressionTrainer().train(history()));
        Binding wrong = new Binding(
                List.of(input("input", FEATURES[0], FEATURES[1]), input("label", FEATURES[2])),
                new Output("probability", null, null));

        assertThatThrownBy(() -> OnnxModel.open(file, wrong))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("EXT-006")
                .hasMessageContaining("input 'label' that the model does not have")
                .hasMessageContaining("probability")
                .hasMessageContaining("2 features");
    }

    /** Asks both the same; gives how many rows were asked. */
    private int answersAlike(Model<Label> trained) throws IOException {
        Path file = exported(trained);
        float[][] rows = new float[500][];
        Random random = new Random(11);
        for (int i = 0; i < rows.length; i++) {
            double wide = i % 10 == 0 ? 1_000 : 1;
            rows[i] = new float[] {
                (float) (random.nextGaussian() * wide), (float) random.nextGaussian(), random.nextInt(3)
            };
        }
        int yes = columnOfYes(trained);
        try (OnnxModel model =
                OnnxModel.open(file, new Binding(List.of(input("input", FEATURES)), new Output("output", yes, null)))) {
            double[] answers = model.probabilities(asTheModelWants(rows, model.features()));
            for (int i = 0; i < rows.length; i++) {
                double there = Objects.requireNonNull(trained.predict(example("no", rows[i]))
                                .getOutputScores()
                                .get("yes"))
                        .getScore();
                assertThat(answers[i]).as("row %d", i).isCloseTo(there, within(1e-5));
            }
            assertThat(Arrays.stream(answers).max().orElseThrow()).isGreaterThan(0.9);
            assertThat(Arrays.stream(answers).min().orElseThrow()).isLessThan(0.1);
        }
        return rows.length;
    }

    /** What the host does: each column of the model gets the value of the feature that it is bound to. */
    private static float[][] asTheModelWants(float[][] rows, List<String> features) {
        float[][] wanted = new float[rows.length][features.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int column = 0; column < features.size(); column++) {
                wanted[i][column] = rows[i][Arrays.asList(FEATURES).indexOf(features.get(column))];
            }
        }
        return wanted;
    }

    private static int columnOfYes(Model<Label> trained) {
        return trained.getOutputIDInfo().getID(new Label("yes"));
    }

    private Path exported(Model<Label> trained) throws IOException {
        Path file = folder.resolve("model.onnx");
        ((ONNXExportable) trained).saveONNXModel("dev.example", 1, file);
        return file;
    }

    private static MutableDataset<Label> history() {
        MutableDataset<Label> history = new MutableDataset<>(new SimpleDataSourceProvenance("made up", LABELS), LABELS);
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            float[] row = {(float) random.nextGaussian(), (float) random.nextGaussian(), random.nextInt(3)};
            double odds = 2 * row[0] - row[1] + 0.5 * row[2] + random.nextGaussian();
            history.add(example(odds > 0 ? "yes" : "no", row));
        }
        return history;
    }

    private static ArrayExample<Label> example(String label, float[] row) {
        double[] values = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = row[i];
        }
        return new ArrayExample<>(new Label(label), FEATURES, values);
    }

    private static Input input(String name, String... features) {
        return new Input(name, List.of(features), Double.NaN);
    }
}
