package dev.forestall.loop.reason;

import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;

/**
 * By how much each feature moves the log odds of a row: exact Shapley values of the trees, where features that are not looked at take
 * the way of the training data (path-dependent TreeSHAP, Lundberg and others 2018, algorithm 2), and the parts of the weighted sum.
 *
 * <p>Keeps room to work in, and allocates nothing per row. For one thread.
 */
public final class Contributions {

    private final Scorer scorer;
    private final Forest.Tree[] trees;
    private final double forestBase;

    /** The path from the root to a node, one after the other for each depth. */
    private final int[] feature;

    private final double[] zero;
    private final double[] one;
    private final double[] weight;

    public Contributions(Scorer scorer) {
        this.scorer = scorer;
        Forest forest = scorer.forest();
        this.trees = new Forest.Tree[scorer.forestShare() == 0 ? 0 : forest.trees()];
        int depth = 0;
        double base = forest.base();
        for (int t = 0; t < trees.length; t++) {
            trees[t] = forest.tree(t);
            depth = Math.max(depth, depth(trees[t], 0));
            base += mean(trees[t], 0);
        }
        this.forestBase = base;
        int room = (depth + 2) * (depth + 3) / 2 + 1;
        this.feature = new int[room];
        this.zero = new double[room];
        this.one = new double[room];
        this.weight = new double[room];
    }

    private static int depth(Forest.Tree tree, int node) {
        return tree.feature()[node] < 0
                ? 0
                : 1 + Math.max(depth(tree, tree.left()[node]), depth(tree, tree.left()[node] + 1));
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
        java.util.Arrays.fill(into, 0);
        double ofTrees = scorer.slope() * scorer.forestShare();
        double base = scorer.offset();
        if (scorer.forestShare() != 0) {
            base += ofTrees * forestBase;
            for (Forest.Tree tree : trees) {
                walk(tree, 0, 0, 0, 1, 1, -1, row, into);
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

    /**
     * @param from where the path of the parent begins; the node's own is written behind it
     * @param length how many features the path of the parent has
     */
    private void walk(
            Forest.Tree tree,
            int node,
            int from,
            int length,
            double zeroShare,
            double oneShare,
            int by,
            float[] row,
            double[] into) {
        int at = from + length;
        for (int i = 0; i < length; i++) {
            feature[at + i] = feature[from + i];
            zero[at + i] = zero[from + i];
            one[at + i] = one[from + i];
            weight[at + i] = weight[from + i];
        }
        int size = length;
        extend(at, size++, zeroShare, oneShare, by);
        int decides = tree.feature()[node];
        if (decides < 0) {
            double leaf = tree.value()[node];
            for (int i = 1; i < size; i++) {
                into[feature[at + i]] += unwoundSum(at, size, i) * (one[at + i] - zero[at + i]) * leaf;
            }
            return;
        }
        int left = tree.left()[node];
        float x = row[decides];
        boolean goesLeft = Float.isNaN(x) ? tree.defaultLeft()[node] : x < tree.threshold()[node];
        int hot = goesLeft ? left : left + 1;
        int cold = goesLeft ? left + 1 : left;
        double cover = (double) tree.cover()[left] + tree.cover()[left + 1];
        double zeroBefore = 1;
        double oneBefore = 1;
        for (int i = 1; i < size; i++) {
            if (feature[at + i] == decides) {
                zeroBefore = zero[at + i];
                oneBefore = one[at + i];
                unwind(at, size--, i);
                break;
            }
        }
        walk(tree, hot, at, size, zeroBefore * tree.cover()[hot] / cover, oneBefore, decides, row, into);
        walk(tree, cold, at, size, zeroBefore * tree.cover()[cold] / cover, 0, decides, row, into);
    }

    private void extend(int at, int length, double zeroShare, double oneShare, int by) {
        feature[at + length] = by;
        zero[at + length] = zeroShare;
        one[at + length] = oneShare;
        weight[at + length] = length == 0 ? 1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            weight[at + i + 1] += oneShare * weight[at + i] * (i + 1) / (length + 1);
            weight[at + i] = zeroShare * weight[at + i] * (length - i) / (length + 1);
        }
    }

    private void unwind(int at, int size, int index) {
        int length = size - 1;
        double oneShare = one[at + index];
        double zeroShare = zero[at + index];
        double next = weight[at + length];
        for (int i = length - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double before = weight[at + i];
                weight[at + i] = next * (length + 1) / ((i + 1) * oneShare);
                next = before - weight[at + i] * zeroShare * (length - i) / (length + 1);
            } else {
                weight[at + i] = weight[at + i] * (length + 1) / (zeroShare * (length - i));
            }
        }
        for (int i = index; i < length; i++) {
            feature[at + i] = feature[at + i + 1];
            zero[at + i] = zero[at + i + 1];
            one[at + i] = one[at + i + 1];
        }
    }

    private double unwoundSum(int at, int size, int index) {
        int length = size - 1;
        double oneShare = one[at + index];
        double zeroShare = zero[at + index];
        double next = weight[at + length];
        double total = 0;
        for (int i = length - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double part = next * (length + 1) / ((i + 1) * oneShare);
                total += part;
                next = weight[at + i] - part * zeroShare * (length - i) / (length + 1);
            } else {
                total += weight[at + i] / zeroShare * (length + 1) / (length - i);
            }
        }
        return total;
    }
}
