package dev.forestall.learning.boosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.reason.Contributions;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XgboostForestTest {

    private static final int FEATURES = 30;
    private static final int CHECKED = 100_000;
    private static final int EXPLAINED = 300;

    @ParameterizedTest
    @CsvSource({"6, 100, 0.5, depthwise", "2, 40, 0.03, depthwise", "9, 15, 0.9, depthwise", "0, 20, 0.2, lossguide"})
    void rows_have_the_margin_probability_and_contributions_that_the_library_gives_them(
            int depth, int rounds, double baseScore, String policy) throws XGBoostError {
        Random random = new Random(depth);
        float[] training = rows(random, 4_000);
        DMatrix matrix = new DMatrix(training, 4_000, FEATURES, Float.NaN);
        matrix.setLabel(labels(random, training));
        Booster booster = XGBoost.train(
                matrix,
                Map.of(
                        "objective",
                        "binary:logistic",
                        "tree_method",
                        "hist",
                        "max_depth",
                        depth,
                        "max_leaves",
                        40,
                        "grow_policy",
                        policy,
                        "base_score",
                        baseScore,
                        "eta",
                        0.2,
                        "nthread",
                        1,
                        "seed",
                        7),
                rounds,
                Map.of(),
                null,
                null);

        Forest forest = XgboostForest.of(booster);

        assertThat(forest.trees()).isEqualTo(rounds);
        Linear none = new Linear(0, new double[0], new double[0], new double[0]);
        Scorer scorer = new Scorer(forest, 1, none, 0, 1, 0);
        float[] checked = rows(random, CHECKED);
        DMatrix all = new DMatrix(checked, CHECKED, FEATURES, Float.NaN);
        float[][] margins = booster.predict(all, true);
        float[][] probabilities = booster.predict(all);
        double worstMargin = 0;
        double worstProbability = 0;
        for (int i = 0; i < CHECKED; i++) {
            float[] row = Arrays.copyOfRange(checked, i * FEATURES, (i + 1) * FEATURES);
            double logOdds = scorer.logOdds(row);
            // The library adds its leaves in floats, whose error grows with the sum.
            worstMargin = Math.max(worstMargin, Math.abs(logOdds - margins[i][0]) / Math.max(1, Math.abs(logOdds)));
            worstProbability = Math.max(worstProbability, Math.abs(scorer.probability(row) - probabilities[i][0]));
        }
        assertThat(worstProbability).isLessThan(1e-6);
        assertThat(worstMargin).isLessThan(2e-6);

        Contributions contributions = new Contributions(scorer);
        DMatrix few = new DMatrix(Arrays.copyOf(checked, EXPLAINED * FEATURES), EXPLAINED, FEATURES, Float.NaN);
        float[][] expected = booster.predictContrib(few, 0);
        double[] into = new double[FEATURES];
        double worst = 0;
        for (int i = 0; i < EXPLAINED; i++) {
            double base = contributions.explain(Arrays.copyOfRange(checked, i * FEATURES, (i + 1) * FEATURES), into);
            worst = Math.max(worst, Math.abs(base - expected[i][FEATURES]));
            for (int j = 0; j < FEATURES; j++) {
                worst = Math.max(worst, Math.abs(into[j] - expected[i][j]));
            }
        }
        assertThat(worst).isLessThan(1e-5);
    }

    private static float[] rows(Random random, int count) {
        float[] rows = new float[count * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(8) == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        return rows;
    }

    private static float[] labels(Random random, float[] rows) {
        float[] labels = new float[rows.length / FEATURES];
        for (int i = 0; i < labels.length; i++) {
            float first = rows[i * FEATURES];
            float second = rows[i * FEATURES + 1];
            double tendency = (Float.isNaN(first) ? 1 : first) + (second > 0 ? rows[i * FEATURES + 2] : -1);
            labels[i] = tendency + random.nextGaussian() > 0 ? 1 : 0;
        }
        return labels;
    }
}
