package dev.forestall.learning.train;

import dev.forestall.learning.boosting.XgboostForest;
import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Forest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Gradient boosting by the library. Its memory outside of Java is let go before each call returns. */
final class Boosting {

    /**
     * One booster, one thread: the library's threads wait for each other by spinning, which on a busy machine takes many times as long;
     * and sums are in the same order on every machine. Boosters run beside each other instead.
     */
    private static final int THREADS = 1;

    private final Examples examples;
    private final int[] columns;
    private final long seed;

    /**
     * @param columns of the table that trees may look at; a tree's feature i is column {@code columns[i]}
     */
    Boosting(Examples examples, int[] columns, long seed) {
        this.examples = examples;
        this.columns = columns;
        this.seed = seed;
    }

    /**
     * Some trees, and how they did.
     *
     * @param forest of all rounds
     * @param losses by round: the log loss on validation
     */
    record Grown(Forest forest, double[] losses) {

        /** After so many rounds, or after the last when there were fewer. */
        double loss(int rounds) {
            return losses[Math.min(rounds, losses.length) - 1];
        }

        Forest first(int rounds) {
            return forest.first(Math.min(rounds, losses.length));
        }
    }

    /** Grows so many trees. */
    Forest grow(int[] rows, Settings settings, int rounds) {
        try {
            DMatrix matrix = matrix(rows);
            try {
                Booster booster =
                        XGBoost.train(matrix, parameters(rows, settings), rounds, new HashMap<>(), null, null);
                try {
                    return XgboostForest.of(booster);
                } finally {
                    booster.dispose();
                }
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError failed) {
            throw new IllegalStateException("gradient boosting failed: " + failed.getMessage(), failed);
        }
    }

    /** Grows trees until validation has not become better for a while. */
    Grown growUntilBest(int[] rows, int[] validation, Settings settings, int maxRounds, int patience) {
        try {
            DMatrix matrix = matrix(rows);
            DMatrix watched = matrix(validation);
            try {
                // What is watched is kept by the library with its latest predictions: each round adds one tree only.
                // Rounds
                // are made here, for of those that the library makes itself it writes to the console.
                Booster booster =
                        XGBoost.train(matrix, parameters(rows, settings), 0, Map.of("validation", watched), null, null);
                try {
                    return untilBest(booster, matrix, watched, maxRounds, patience);
                } finally {
                    booster.dispose();
                }
            } finally {
                matrix.dispose();
                watched.dispose();
            }
        } catch (XGBoostError failed) {
            throw new IllegalStateException("gradient boosting failed: " + failed.getMessage(), failed);
        }
    }

    private Grown untilBest(Booster booster, DMatrix matrix, DMatrix watched, int maxRounds, int patience)
            throws XGBoostError {
        double[] losses = new double[maxRounds];
        int best = 0;
        int round = 0;
        while (round < maxRounds && round - best < patience) {
            booster.update(matrix, round);
            losses[round] = loss(booster, watched, round);
            if (losses[round] < losses[best]) {
                best = round;
            }
            round++;
        }
        return new Grown(XgboostForest.of(booster), Arrays.copyOf(losses, round));
    }

    /** The library's own log loss of the rows it watches. */
    private static double loss(Booster booster, DMatrix watched, int round) throws XGBoostError {
        String said = booster.evalSet(new DMatrix[] {watched}, new String[] {"validation"}, round);
        return Double.parseDouble(said.substring(said.lastIndexOf(':') + 1).strip());
    }

    private DMatrix matrix(int[] rows) throws XGBoostError {
        float[] values = new float[Math.multiplyExact(rows.length, columns.length)];
        float[] labels = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float[] row = examples.row(rows[i]);
            for (int c = 0; c < columns.length; c++) {
                values[i * columns.length + c] = row[columns[c]];
            }
            labels[i] = examples.label(rows[i]) ? 1 : 0;
        }
        DMatrix matrix = new DMatrix(values, rows.length, columns.length, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }

    /** No class is weighted: probabilities are to mean what they say. Trees start from the rate of the outcome. */
    private Map<String, Object> parameters(int[] rows, Settings settings) {
        double rate = (examples.outcomes(rows) + 0.5) / (rows.length + 1);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("eval_metric", "logloss");
        parameters.put("tree_method", "hist");
        parameters.put("max_bin", 128);
        parameters.put("nthread", THREADS);
        parameters.put("seed", seed);
        parameters.put("base_score", (float) rate);
        parameters.put("eta", settings.rate());
        parameters.put("max_depth", settings.depth());
        if (settings.leaves() > 0) {
            parameters.put("grow_policy", "lossguide");
            parameters.put("max_leaves", settings.leaves());
        }
        parameters.put("min_child_weight", settings.minWeight());
        parameters.put("lambda", settings.lambda());
        parameters.put("subsample", settings.rowShare());
        parameters.put("colsample_bytree", settings.columnShare());
        parameters.put("verbosity", 0);
        return parameters;
    }
}
