package dev.forestall.learning.train;

import dev.forestall.learning.boosting.XgboostForest;
import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Forest;
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
     * @param forest of the round that was best on validation, or of the last
     * @param rounds how many trees
     */
    record Grown(Forest forest, int rounds) {}

    /** Grows so many trees. */
    Grown grow(int[] rows, Settings settings, int rounds) {
        try {
            DMatrix matrix = matrix(rows);
            try {
                Booster booster =
                        XGBoost.train(matrix, parameters(rows, settings), rounds, new HashMap<>(), null, null);
                try {
                    return new Grown(XgboostForest.of(booster), rounds);
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

    /** Grows trees until validation has not become better for a while; keeps the best round. */
    Grown growUntilBest(int[] rows, int[] validation, Settings settings, int maxRounds, int patience) {
        try {
            DMatrix matrix = matrix(rows);
            DMatrix watched = matrix(validation);
            try {
                // What is watched is kept by the library with its latest predictions: each round adds one tree only.
                // Rounds are
                // made here, for those that the library makes itself it writes to the console.
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
        double best = Double.POSITIVE_INFINITY;
        int bestRound = 0;
        for (int round = 0; round < maxRounds && round - bestRound < patience; round++) {
            booster.update(matrix, round);
            double loss = loss(booster, watched, round);
            if (loss < best) {
                best = loss;
                bestRound = round + 1;
            }
        }
        Forest all = XgboostForest.of(booster);
        return new Grown(all.first(bestRound), bestRound);
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
