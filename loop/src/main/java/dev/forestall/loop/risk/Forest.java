package dev.forestall.loop.risk;

import java.util.List;

/**
 * Additive trees: from a row of features to log odds. The nodes of all trees lie side by side in plain arrays, so that a row is a walk
 * through memory that is near, and allocates nothing. Immutable.
 *
 * <p>As in XGBoost: a row goes left where its value is below the threshold, and the default way where the value is missing (NaN).
 * Leaves are added in double precision, tree by tree, so the same row has the same log odds on every machine.
 */
public final class Forest {

    /** Without trees: the base alone. */
    public static final Forest EMPTY = new Forest(0, List.of());

    private final double base;
    /** Where each tree begins among the nodes. */
    private final int[] roots;
    /** By node: the feature that decides, or -1 at a leaf. */
    private final int[] feature;

    private final float[] threshold;
    /** By node: its left child; the right one is next to it. */
    private final int[] left;

    private final boolean[] defaultLeft;
    private final float[] value;
    private final float[] cover;

    /**
     * One tree. Node 0 is its root; children stand behind their parent, the right child next to the left.
     *
     * @param feature by node: which feature decides, or -1 at a leaf
     * @param threshold by node: below it a row goes left
     * @param left by node: the left child
     * @param defaultLeft by node: whether a missing value goes left
     * @param value by node: what a leaf adds to the log odds
     * @param cover by node: how much of the training data came by, above 0
     */
    public record Tree(
            int[] feature, float[] threshold, int[] left, boolean[] defaultLeft, float[] value, float[] cover) {

        public Tree {
            int size = feature.length;
            if (size == 0
                    || threshold.length != size
                    || left.length != size
                    || defaultLeft.length != size
                    || value.length != size
                    || cover.length != size) {
                throw new IllegalArgumentException("a tree of " + size + " nodes whose arrays differ in length");
            }
            for (int i = 0; i < size; i++) {
                boolean isLeaf = feature[i] < 0;
                boolean isSound = cover[i] > 0
                        && Float.isFinite(cover[i])
                        && Float.isFinite(isLeaf ? value[i] : threshold[i])
                        && (isLeaf || left[i] > i && left[i] + 1 < size);
                if (!isSound) {
                    throw new IllegalArgumentException("node " + i + " of a tree is impossible: feature " + feature[i]
                            + ", threshold " + threshold[i] + ", left " + left[i] + ", value " + value[i] + ", cover "
                            + cover[i]);
                }
            }
        }

        public int size() {
            return feature.length;
        }
    }

    /** @param base log odds before any tree */
    public Forest(double base, List<Tree> trees) {
        if (!Double.isFinite(base)) {
            throw new IllegalArgumentException("a forest cannot start from " + base);
        }
        this.base = base;
        int size = trees.stream().mapToInt(Tree::size).sum();
        this.roots = new int[trees.size() + 1];
        this.feature = new int[size];
        this.threshold = new float[size];
        this.left = new int[size];
        this.defaultLeft = new boolean[size];
        this.value = new float[size];
        this.cover = new float[size];
        int at = 0;
        for (int t = 0; t < trees.size(); t++) {
            Tree tree = trees.get(t);
            roots[t] = at;
            System.arraycopy(tree.feature, 0, feature, at, tree.size());
            System.arraycopy(tree.threshold, 0, threshold, at, tree.size());
            System.arraycopy(tree.defaultLeft, 0, defaultLeft, at, tree.size());
            System.arraycopy(tree.value, 0, value, at, tree.size());
            System.arraycopy(tree.cover, 0, cover, at, tree.size());
            for (int i = 0; i < tree.size(); i++) {
                left[at + i] = tree.left[i] + at;
            }
            at += tree.size();
        }
        roots[trees.size()] = at;
    }

    /** The log odds of a row, without calibration. */
    public double margin(float[] row) {
        double sum = base;
        for (int t = 0; t + 1 < roots.length; t++) {
            int node = roots[t];
            int by = feature[node];
            while (by >= 0) {
                float x = row[by];
                boolean goesLeft = Float.isNaN(x) ? defaultLeft[node] : x < threshold[node];
                node = goesLeft ? left[node] : left[node] + 1;
                by = feature[node];
            }
            sum += value[node];
        }
        return sum;
    }

    public double base() {
        return base;
    }

    public int trees() {
        return roots.length - 1;
    }

    /** One of its trees, as it was given. */
    public Tree tree(int index) {
        int from = roots[index];
        int to = roots[index + 1];
        int[] children = java.util.Arrays.copyOfRange(left, from, to);
        for (int i = 0; i < children.length; i++) {
            children[i] -= from;
        }
        return new Tree(
                java.util.Arrays.copyOfRange(feature, from, to),
                java.util.Arrays.copyOfRange(threshold, from, to),
                children,
                java.util.Arrays.copyOfRange(defaultLeft, from, to),
                java.util.Arrays.copyOfRange(value, from, to),
                java.util.Arrays.copyOfRange(cover, from, to));
    }

    /** The same with its first trees only. */
    public Forest first(int count) {
        return new Forest(
                base,
                java.util.stream.IntStream.range(0, count).mapToObj(this::tree).toList());
    }

    /**
     * The same, looking at features by other numbers.
     *
     * @param numbers by old number: the new one
     */
    public Forest renumbered(int[] numbers) {
        return new Forest(
                base,
                java.util.stream.IntStream.range(0, trees())
                        .mapToObj(t -> {
                            Tree tree = tree(t);
                            int[] renumbered = tree.feature().clone();
                            for (int i = 0; i < renumbered.length; i++) {
                                renumbered[i] = renumbered[i] < 0 ? -1 : numbers[renumbered[i]];
                            }
                            return new Tree(
                                    renumbered,
                                    tree.threshold(),
                                    tree.left(),
                                    tree.defaultLeft(),
                                    tree.value(),
                                    tree.cover());
                        })
                        .toList());
    }

    /** By feature: how often it decides. */
    public int[] uses(int features) {
        int[] uses = new int[features];
        for (int each : feature) {
            if (each >= 0) {
                uses[each]++;
            }
        }
        return uses;
    }

    /** The largest index of a feature that decides anywhere; -1 when none does. */
    public int lastFeature() {
        int last = -1;
        for (int each : feature) {
            last = Math.max(last, each);
        }
        return last;
    }
}
