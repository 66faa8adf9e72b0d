package dev.forestall.pack.model;

import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Forest.Tree;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import dev.forestall.pack.model.SavedModel.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model that a person can follow: two trees that see to missing values both ways, a weighted sum, a calibration. */
final class SmallModel {

    private SmallModel() {}

    /** @param offset of the calibration: another one makes it another model */
    static SavedModel of(String prediction, double offset) {
        Tree days = new Tree(
                new int[] {0, -1, 1, -1, -1},
                new float[] {2.5f, 0, 0.1f, 0, 0},
                new int[] {1, 0, 3, 0, 0},
                new boolean[] {true, false, false, false, false},
                new float[] {0, -0.75f, 0, 0.25f, 1.5f},
                new float[] {120, 80, 40, 25.5f, 14.5f});
        Tree leaf = new Tree(
                new int[] {-1}, new float[1], new int[1], new boolean[1], new float[] {0.125f}, new float[] {120});
        Scorer scorer = new Scorer(
                new Forest(-1.5, List.of(days, leaf)),
                0.7,
                new Linear(-0.25, new double[] {0.5, -1.0 / 3}, new double[] {12, 0.1}, new double[] {4, 0.2}),
                0.3,
                1.25,
                offset);
        List<FittedInput> inputs = List.of(
                new FittedInput("days since event call_missed", 0.5, 30),
                new FittedInput("property channel is phone", Double.NaN, Double.NaN));
        Fitted fitted = new Fitted(prediction, ModelFile.name(inputs, scorer), inputs, scorer);
        return new SavedModel(
                fitted,
                new Provenance(
                        "4f2a",
                        "9c01",
                        "1.0.0",
                        Long.MAX_VALUE - 1,
                        4_200,
                        310,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-03-31T22:59:59.999Z"),
                        new TreeMap<>(Map.of("auc", 0.8125, "log_loss", 1.0 / 3))));
    }
}
