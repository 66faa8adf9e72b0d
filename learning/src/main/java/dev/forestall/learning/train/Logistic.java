package dev.forestall.learning.train;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.forestall.learning.table.Examples;
import java.util.ArrayList;
import java.util.List;

/** Logistic regression with an L2 penalty by the library, on standardised columns. */
final class Logistic {

    private static final double TOLERANCE = 0.005;

    static {
        Linear.disableDebugOutput();
    }

    private final Examples examples;
    private final int[] columns;
    private final double[] means;
    private final double[] scales;

    private final Problem problem = new Problem();

    /** @param rows to fit */
    Logistic(Examples examples, int[] columns, int[] rows) {
        this.examples = examples;
        this.columns = columns;
        this.means = new double[columns.length];
        this.scales = new double[columns.length];
        for (int c = 0; c < columns.length; c++) {
            standardise(c, rows);
        }
        problem.l = rows.length;
        problem.n = columns.length + 1;
        problem.bias = 1;
        problem.y = new double[rows.length];
        problem.x = new Feature[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            problem.x[i] = features(examples.row(rows[i]));
            problem.y[i] = examples.label(rows[i]) ? 1 : 0;
        }
    }

    /** In two passes: first the mean, then the squares of what lies around it. A missing value counts as the mean. */
    private void standardise(int c, int[] rows) {
        double sum = 0;
        int n = 0;
        for (int row : rows) {
            float x = examples.row(row)[columns[c]];
            if (!Float.isNaN(x)) {
                sum += x;
                n++;
            }
        }
        double mean = n == 0 ? 0 : sum / n;
        double squares = 0;
        for (int row : rows) {
            float x = examples.row(row)[columns[c]];
            squares += Float.isNaN(x) ? 0 : (x - mean) * (x - mean);
        }
        double scale = Math.sqrt(squares / Math.max(1, rows.length));
        means[c] = mean;
        scales[c] = scale > 1e-12 ? scale : 1;
    }

    /**
     * Fits the rows.
     *
     * @param cost C of the library: how much a row counts against the penalty
     */
    dev.forestall.loop.risk.Linear fit(double cost) {
        Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, TOLERANCE));
        double[] found = model.getFeatureWeights();
        // The library's first class is whichever label stands first.
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        double[] weights = new double[columns.length];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = sign * found[c];
        }
        return new dev.forestall.loop.risk.Linear(sign * found[columns.length], weights, means.clone(), scales.clone());
    }

    private Feature[] features(float[] row) {
        List<Feature> features = new ArrayList<>(columns.length + 1);
        for (int c = 0; c < columns.length; c++) {
            float x = row[columns[c]];
            if (!Float.isNaN(x)) {
                double limit = dev.forestall.loop.risk.Linear.LIMIT;
                double deviations = Math.max(-limit, Math.min(limit, (x - means[c]) / scales[c]));
                if (deviations != 0) {
                    features.add(new FeatureNode(c + 1, deviations));
                }
            }
        }
        features.add(new FeatureNode(columns.length + 1, 1));
        return features.toArray(Feature[]::new);
    }
}
