package dev.forestall.benchmarks.score;

import dev.forestall.loop.risk.Forest;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The trees as anybody would write them down in Java: a node is an object that knows its children. */
final class NodeObjects {

    private final double base;
    private final List<Node> roots;

    NodeObjects(Forest forest) {
        this.base = forest.base();
        this.roots = IntStream.range(0, forest.trees())
                .mapToObj(index -> new Node(forest.tree(index), 0))
                .toList();
    }

    double margin(float[] row) {
        double sum = base;
        for (Node root : roots) {
            Node node = root;
            while (node.left != null && node.right != null) {
                float x = row[node.feature];
                boolean goesLeft = Float.isNaN(x) ? node.defaultLeft : x < node.threshold;
                node = goesLeft ? node.left : node.right;
            }
            sum += node.value;
        }
        return sum;
    }

    private static final class Node {

        final int feature;
        final float threshold;
        final boolean defaultLeft;
        final float value;
        final @Nullable Node left;
        final @Nullable Node right;

        Node(Forest.Tree tree, int index) {
            this.feature = tree.feature()[index];
            this.threshold = tree.threshold()[index];
            this.defaultLeft = tree.defaultLeft()[index];
            this.value = tree.value()[index];
            boolean isLeaf = feature < 0;
            this.left = isLeaf ? null : new Node(tree, tree.left()[index]);
            this.right = isLeaf ? null : new Node(tree, tree.left()[index] + 1);
        }
    }
}
