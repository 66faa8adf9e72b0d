package dev.forestall.benchmarks.score;

import dev.forestall.learning.boosting.XgboostForest;
import dev.forestall.loop.risk.Forest;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The training library on one thread, with a booster of 100 trees of depth 6. For one thread. */
final class Library implements AutoCloseable {

    private static final int TREES = 100;
    private static final int DEPTH = 6;

    private final Booster booster;

    private Library(Booster booster) {
        this.booster = booster;
    }

    static Library trainedOn(Rows rows) {
        return tried(() -> {
            var matrix = matrix(rows, 0, rows.size());
            try {
                matrix.setLabel(rows.outcomes());
                Map<String, Object> parameters = Map.of(
                        "objective",
                        "binary:logistic",
                        "tree_method",
                        "hist",
                        "max_depth",
                        DEPTH,
                        "eta",
                        0.1,
                        "nthread",
                        1,
                        "seed",
                        7,
                        "verbosity",
                        0);
                return new Library(XGBoost.train(matrix, parameters, TREES, Map.of(), null, null));
            } finally {
                matrix.dispose();
            }
        });
    }

    /** Its trees, as we read them. */
    Forest forest() {
        return tried(() -> XgboostForest.of(booster));
    }

    /** Probabilities of some rows, one of one column for each. */
    float[][] probabilities(Rows rows, int from, int count) {
        return tried(() -> {
            var matrix = matrix(rows, from, count);
            try {
                return booster.predict(matrix);
            } finally {
                matrix.dispose();
            }
        });
    }

    /** The same without a matrix of the library's: its shortest way. */
    float[][] probabilitiesInPlace(Rows rows, int from, int count) {
        return tried(() -> booster.inplace_predict(rows.flat(from, count), count, Rows.FEATURES, Float.NaN));
    }

    /** By row: what each feature adds to the log odds, then the base. */
    float[][] contributions(Rows rows, int from, int count) {
        return tried(() -> {
            var matrix = matrix(rows, from, count);
            try {
                return booster.predictContrib(matrix, 0);
            } finally {
                matrix.dispose();
            }
        });
    }

    @Override
    public void close() {
        booster.dispose();
    }

    private static DMatrix matrix(Rows rows, int from, int count) throws XGBoostError {
        return new DMatrix(rows.flat(from, count), count, Rows.FEATURES, Float.NaN);
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws XGBoostError;
    }

    private static <T> T tried(Call<T> call) {
        try {
            return call.make();
        } catch (XGBoostError failed) {
            throw new IllegalStateException("the training library failed: " + failed.getMessage(), failed);
        }
    }
}
