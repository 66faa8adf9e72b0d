package dev.forestall.loop.risk;

import dev.forestall.loop.risk.Forest.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Trees and rows by chance. Thresholds and values lie on the same grid, so that rows often stand exactly on a threshold. */
final class RandomTrees {

    private RandomTrees() {}

    static List<Tree> trees(Random random, int count, int features) {
        return Stream.generate(() -> tree(random, features, random.nextInt(9)))
                .limit(count)
                .toList();
    }

    static float[] row(Random random, int features) {
        float[] row = new float[features];
        for (int i = 0; i < features; i++) {
            row[i] = switch (random.nextInt(12)) {
                case 0, 1, 2 -> Float.NaN;
                case 3 -> Float.NEGATIVE_INFINITY;
                case 4 -> Float.POSITIVE_INFINITY;
                default -> onGrid(random);
            };
        }
        return row;
    }

    private static float onGrid(Random random) {
        return (random.nextInt(17) - 8) / 8f;
    }

    private static Tree tree(Random random, int features, int depth) {
        int room = 2 << depth;
        int[] feature = new int[room];
        float[] threshold = new float[room];
        int[] left = new int[room];
        boolean[] defaultLeft = new boolean[room];
        float[] value = new float[room];
        float[] cover = new float[room];
        int[] level = new int[room];
        int size = 1;
        for (int node = 0; node < size; node++) {
            feature[node] = -1;
            value[node] = (float) random.nextGaussian();
            cover[node] = 1 + random.nextInt(1_000);
            if (level[node] < depth && random.nextInt(10) > 0) {
                feature[node] = random.nextInt(features);
                threshold[node] = onGrid(random);
                defaultLeft[node] = random.nextBoolean();
                left[node] = size;
                level[size++] = level[node] + 1;
                level[size++] = level[node] + 1;
            }
        }
        return new Tree(
                Arrays.copyOf(feature, size),
                Arrays.copyOf(threshold, size),
                Arrays.copyOf(left, size),
                Arrays.copyOf(defaultLeft, size),
                Arrays.copyOf(value, size),
                Arrays.copyOf(cover, size));
    }
}
