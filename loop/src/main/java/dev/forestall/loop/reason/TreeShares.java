package dev.forestall.loop.reason;

import dev.forestall.loop.risk.Forest;
import java.util.Arrays;

/**
 * By how much each feature moves what one tree says of a row: exact Shapley values in time that grows with the nodes, not with the nodes
 * times the square of the depth.
 *
 * <p>On the way to a leaf each feature j has a share z of the training data that follows its conditions, and o, which is 1 when the row
 * follows them and otherwise 0. The Shapley value of feature i at the leaf is {@code leaf * (o_i - z_i)} times the mean over t in 0..1 of
 * the product of {@code o_j * t + z_j * (1 - t)} over all other features j, because the mean of {@code t^s * (1 - t)^(k - 1 - s)} is the
 * Shapley weight of s out of k. That is a polynomial of a degree below k, of which {@code ceil(k / 2)} points give the exact mean: three
 * points for trees of depth six. At a point the leaf's value with all factors is a product down the path, and the leaves below an edge
 * share the edge's quotient {@code (o_i - z_i) / (o_i * t + z_i * (1 - t))}, so one pass down and one pass up serve all leaves. An edge
 * that decides by a feature which decided before on the path replaces the earlier factor and quotient.
 *
 * <p>Everything but which way the row goes is known beforehand and lies in blocks by edge. No number is divided by a share, so rare
 * branches cost no digits. For one thread.
 */
final class TreeShares {

    private final Forest.Tree tree;
    private final int points;
    private final double[] pointWeights;

    /** By node: the node at the end of the earlier edge on the path that decided by the same feature as the edge to this node, or {@code size}. */
    private final int[] earlier;

    /**
     * By node, for the edge to it, three blocks: when the row follows the feature's conditions so far, when it fails them here, and when it
     * failed them earlier. Each block: by point the factor, then by point the change of the quotient. A leaf's value is within its factor.
     */
    private final double[] blocks;

    private final int blockSize;

    /** By node: 1 when the row follows all conditions on the feature that decides at its parent; the last is for "no earlier edge". */
    private final int[] follows;

    /** By node and point: on the way down the product of the factors, on the way up the sum over the leaves below. */
    private final double[] sums;

    TreeShares(Forest.Tree tree) {
        this.tree = tree;
        int size = tree.size();
        this.earlier = new int[size];
        double[] share = new double[size + 1];
        Quadrature quadrature = Quadrature.of(Math.max(3, (features(earlier, share) + 1) / 2));
        this.points = quadrature.points().length;
        this.pointWeights = quadrature.weights();
        this.blockSize = 2 * points;
        this.blocks = new double[3 * blockSize * size];
        this.follows = new int[size + 1];
        this.sums = new double[size * points];
        follows[size] = 1;
        for (int node = 1; node < size; node++) {
            fill(node, share, quadrature.points());
        }
    }

    /** Finds earlier edges and shares; returns the largest number of different features on a path. */
    private int features(int[] earlierEdges, double[] share) {
        int size = tree.size();
        int[] parent = new int[size];
        int[] different = new int[size];
        Arrays.fill(parent, -1);
        share[size] = 1;
        int most = 0;
        for (int node = 0; node < size; node++) {
            int by = tree.feature()[node];
            most = Math.max(most, different[node]);
            if (by < 0) {
                continue;
            }
            int above = node;
            while (parent[above] >= 0 && tree.feature()[parent[above]] != by) {
                above = parent[above];
            }
            int edge = parent[above] < 0 ? size : above;
            int left = tree.left()[node];
            double cover = (double) tree.cover()[left] + tree.cover()[left + 1];
            for (int child = left; child <= left + 1; child++) {
                parent[child] = node;
                earlierEdges[child] = edge;
                share[child] = share[edge] * tree.cover()[child] / cover;
                different[child] = different[node] + (edge == size ? 1 : 0);
            }
        }
        return most;
    }

    private void fill(int node, double[] share, double[] at) {
        double leaf = tree.feature()[node] < 0 ? tree.value()[node] : 1;
        double z = share[node];
        boolean isFirst = earlier[node] == tree.size();
        double before = share[earlier[node]];
        int follow = 3 * blockSize * node;
        int fail = follow + blockSize;
        int failed = fail + blockSize;
        for (int p = 0; p < points; p++) {
            double t = at[p];
            double whenFollowed = isFirst ? 1 : t + before * (1 - t);
            double quotient = isFirst ? 0 : (1 - before) / whenFollowed;
            double factor = t + z * (1 - t);
            blocks[follow + p] = leaf * factor / whenFollowed;
            blocks[follow + points + p] = (1 - z) / factor - quotient;
            blocks[fail + p] = leaf * z * (1 - t) / whenFollowed;
            blocks[fail + points + p] = -1 / (1 - t) - quotient;
            blocks[failed + p] = leaf * z / before;
        }
    }

    /** Adds what each feature does to the row. */
    void add(float[] row, double[] into) {
        if (tree.size() == 1) {
            return;
        }
        if (points == 3) {
            addByThree(row, into);
        } else {
            addByAny(row, into);
        }
    }

    /** At which of its blocks an edge is, for {@link #follows} of the earlier edge and of the edge itself. */
    private int block(int node) {
        int before = follows[earlier[node]];
        return (3 * node + 2 - before - follows[node]) * blockSize;
    }

    /** The first child's {@link #follows} and the second's. */
    private void decide(int node, int by, int left, float[] row) {
        float x = row[by];
        boolean goesLeft = x < tree.threshold()[node] || Float.isNaN(x) && tree.defaultLeft()[node];
        int before = follows[earlier[left]];
        int followsLeft = goesLeft ? before : 0;
        follows[left] = followsLeft;
        follows[left + 1] = before - followsLeft;
    }

    private void addByAny(float[] row, double[] into) {
        int[] feature = tree.feature();
        int[] lefts = tree.left();
        System.arraycopy(pointWeights, 0, sums, 0, points);
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] < 0) {
                continue;
            }
            int left = lefts[node];
            decide(node, feature[node], left, row);
            for (int child = left; child <= left + 1; child++) {
                int block = block(child);
                for (int p = 0; p < points; p++) {
                    sums[child * points + p] = sums[node * points + p] * blocks[block + p];
                }
            }
        }
        for (int node = feature.length - 1; node >= 0; node--) {
            if (feature[node] < 0) {
                continue;
            }
            int left = lefts[node];
            int leftBlock = block(left) + points;
            int rightBlock = block(left + 1) + points;
            double change = 0;
            for (int p = 0; p < points; p++) {
                double ofLeft = sums[left * points + p];
                double ofRight = sums[(left + 1) * points + p];
                change += blocks[leftBlock + p] * ofLeft + blocks[rightBlock + p] * ofRight;
                sums[node * points + p] = ofLeft + ofRight;
            }
            into[feature[node]] += change;
        }
    }

    /** The same with three points, which trees of up to six features a path need: without inner loops it is several times as fast. */
    private void addByThree(float[] row, double[] into) {
        int[] feature = tree.feature();
        int[] lefts = tree.left();
        double[] s = sums;
        double[] b = blocks;
        s[0] = pointWeights[0];
        s[1] = pointWeights[1];
        s[2] = pointWeights[2];
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] < 0) {
                continue;
            }
            int left = lefts[node];
            decide(node, feature[node], left, row);
            int l = block(left);
            int r = block(left + 1);
            int from = node * 3;
            int to = left * 3;
            double s0 = s[from];
            double s1 = s[from + 1];
            double s2 = s[from + 2];
            s[to] = s0 * b[l];
            s[to + 1] = s1 * b[l + 1];
            s[to + 2] = s2 * b[l + 2];
            s[to + 3] = s0 * b[r];
            s[to + 4] = s1 * b[r + 1];
            s[to + 5] = s2 * b[r + 2];
        }
        for (int node = feature.length - 1; node >= 0; node--) {
            if (feature[node] < 0) {
                continue;
            }
            int left = lefts[node];
            int l = block(left) + 3;
            int r = block(left + 1) + 3;
            int from = left * 3;
            int to = node * 3;
            double l0 = s[from];
            double l1 = s[from + 1];
            double l2 = s[from + 2];
            double r0 = s[from + 3];
            double r1 = s[from + 4];
            double r2 = s[from + 5];
            into[feature[node]] +=
                    b[l] * l0 + b[r] * r0 + (b[l + 1] * l1 + b[r + 1] * r1) + (b[l + 2] * l2 + b[r + 2] * r2);
            s[to] = l0 + r0;
            s[to + 1] = l1 + r1;
            s[to + 2] = l2 + r2;
        }
    }
}
