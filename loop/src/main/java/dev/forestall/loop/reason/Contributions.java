package dev.forestall.loop.reason;

import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import java.util.Arrays;

/**
 * By how much each feature moves the log odds of a row: exact Shapley values of the trees, where features that are not looked at take
 * the way of the training data (path-dependent TreeSHAP, Lundberg and others 2018), and the parts of the weighted sum.
 *
 * <p>Keeps room to work in, and allocates nothing per row. For one thread.
 */
public final class Contributions {

    private final Scorer scorer;
    private final TreeShares[] trees;
    private final double forestBase;

    public Contributions(Scorer scorer) {
        this.scorer = scorer;
        Forest forest = scorer.forest();
        this.trees = new TreeShares[scorer.forestShare() == 0 ? 0 : forest.trees()];
        double base = forest.base();
        for (int t = 0; t < trees.length; t++) {
            Forest.Tree tree = forest.tree(t);
            trees[t] = new TreeShares(tree);
            base += mean(tree, 0);
        }
        this.forestBase = base;
    }

    /** What a tree says of somebody of whom nothing is known. */
    private static double mean(Forest.Tree tree, int node) {
        if (tree.feature()[node] < 0) {
            return tree.value()[node];
        }
        int left = tree.left()[node];
        double leftCover = tree.cover()[left];
        double rightCover = tree.cover()[left + 1];
        return (mean(tree, left) * leftCover + mean(tree, left + 1) * rightCover) / (leftCover + rightCover);
    }

    /**
     * Explains one row.
     *
     * @param into by feature: by how much it moves the log odds
     * @return the log odds of somebody of whom nothing is known; with all contributions they are the row's
     */
    public double explain(float[] row, double[] into) {
        Arrays.fill(into, 0);
        double ofTrees = scorer.slope() * scorer.forestShare();
        double base = scorer.offset();
        if (scorer.forestShare() != 0) {
            base += ofTrees * forestBase;
            for (TreeShares tree : trees) {
                tree.add(row, into);
            }
            for (int i = 0; i < into.length; i++) {
                into[i] *= ofTrees;
            }
        }
        if (scorer.linearShare() != 0) {
            Linear linear = scorer.linear();
            double ofSum = scorer.slope() * scorer.linearShare();
            base += ofSum * linear.intercept();
            for (int i = 0; i < linear.weights().length; i++) {
                into[i] += ofSum * linear.part(row, i);
            }
        }
        return base;
    }
}
