package dev.forestall.loop.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Forest.Tree;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContributionsTest {

    private static final Linear NO_SUM = new Linear(0, new double[0], new double[0], new double[0]);

    /** x0 decides, then x1 on the left and x2 on the right; by brute force its Shapley values are known. */
    private static final Tree KNOWN = new Tree(
            new int[] {0, 1, 2, -1, -1, -1, -1},
            new float[] {.5f, .5f, .5f, 0, 0, 0, 0},
            new int[] {1, 3, 5, 0, 0, 0, 0},
            new boolean[7],
            new float[] {0, 0, 0, 1, 3, 2, 8},
            new float[] {100, 60, 40, 40, 20, 10, 30});

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, -1.1666666666666667, -0.5333333333333333, -0.9",
        "0, 1, 1, -1.9666666666666667, 1.0666666666666667, 0.3",
        "1, 0, 1, 3.55, -0.2, 1.05",
        "1, 1, 0, 1.15, 0.4, -3.15"
    })
    void a_small_tree_has_the_contributions_known_of_it(float x0, float x1, float x2, double c0, double c1, double c2) {
        double[] into = new double[3];
        double base = new Contributions(ofTrees(List.of(KNOWN))).explain(new float[] {x0, x1, x2}, into);
        assertThat(base).isCloseTo(3.6, within(1e-12));
        assertThat(into).containsExactly(new double[] {c0, c1, c2}, within(1e-12));
    }

    @Test
    void random_trees_have_the_contributions_of_every_order_in_which_features_can_become_known() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            int features = 1 + random.nextInt(9);
            List<Tree> trees = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                trees.add(randomTree(random, features, 1 + random.nextInt(10)));
            }
            Contributions contributions = new Contributions(ofTrees(trees));
            for (int i = 0; i < 4; i++) {
                float[] row = randomRow(random, features);
                double[] into = new double[features];
                contributions.explain(row, into);
                assertThat(into).as("seed %s", seed).containsExactly(shapley(trees, row), within(1e-9));
            }
        }
    }

    @Test
    void all_parts_with_the_base_are_the_log_odds_of_a_blend() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            int features = 12;
            Linear linear = new Linear(
                    .3, doubles(random, features, -1), doubles(random, features, -1), doubles(random, features, .1));
            List<Tree> trees = new ArrayList<>();
            for (int t = 0; t < 20; t++) {
                trees.add(randomTree(random, features, 1 + random.nextInt(14)));
            }
            Scorer scorer = new Scorer(new Forest(-1.5, trees), .7, linear, .4, 1.3, -.2);
            Contributions contributions = new Contributions(scorer);
            float[] row = randomRow(random, features);
            double[] into = new double[features];
            Arrays.fill(into, 7);
            double base = contributions.explain(row, into);
            assertThat(base + Arrays.stream(into).sum()).isCloseTo(scorer.logOdds(row), within(1e-9));
        }
    }

    @Test
    void branches_that_hardly_anybody_took_cost_no_digits() {
        Tree rare = new Tree(
                new int[] {0, -1, 1, -1, -1},
                new float[] {0, 0, 0, 0, 0},
                new int[] {1, 0, 3, 0, 0},
                new boolean[5],
                new float[] {0, 4, 0, -3, 9},
                new float[] {1e9f, 1e9f, 1e-9f, 1e-9f, 1e-20f});
        for (float[] row : new float[][] {{1, 1}, {1, -1}, {-1, 1}}) {
            double[] into = new double[2];
            new Contributions(ofTrees(List.of(rare))).explain(row, into);
            assertThat(into).containsExactly(shapley(List.of(rare), row), within(1e-12));
        }
    }

    private static Scorer ofTrees(List<Tree> trees) {
        return new Scorer(new Forest(0, trees), 1, NO_SUM, 0, 1, 0);
    }

    private static double[] doubles(Random random, int size, double from) {
        return random.doubles(size, from, 1).toArray();
    }

    private static float[] randomRow(Random random, int features) {
        float[] row = new float[features];
        for (int i = 0; i < features; i++) {
            row[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(9) / 8f;
        }
        return row;
    }

    private static Tree randomTree(Random random, int features, int depth) {
        int room = 1 << 10;
        int[] feature = new int[room];
        float[] threshold = new float[room];
        int[] left = new int[room];
        boolean[] defaultLeft = new boolean[room];
        float[] value = new float[room];
        float[] cover = new float[room];
        int[] level = new int[room];
        cover[0] = 1000;
        int size = 1;
        for (int node = 0; node < size; node++) {
            feature[node] = -1;
            value[node] = random.nextFloat() * 4 - 2;
            if (level[node] < depth && size + 2 <= room && (node == 0 || random.nextInt(10) > 1)) {
                feature[node] = random.nextInt(features);
                threshold[node] = random.nextInt(9) / 8f;
                defaultLeft[node] = random.nextBoolean();
                left[node] = size;
                float part = .05f + .9f * random.nextFloat();
                cover[size] = cover[node] * part;
                cover[size + 1] = cover[node] * (1 - part);
                level[size] = level[node] + 1;
                level[size + 1] = level[node] + 1;
                size += 2;
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

    /** By the definition: over all sets of the other features, weighted. */
    private static double[] shapley(List<Tree> trees, float[] row) {
        int features = row.length;
        double[] bySet = new double[1 << features];
        for (int known = 0; known < bySet.length; known++) {
            for (Tree tree : trees) {
                bySet[known] += expected(tree, 0, row, known);
            }
        }
        double[] shares = new double[features];
        for (int known = 0; known < bySet.length; known++) {
            double weight = factorial(Integer.bitCount(known))
                    * factorial(features - Integer.bitCount(known) - 1)
                    / factorial(features);
            for (int i = 0; i < features; i++) {
                if ((known >> i & 1) == 0) {
                    shares[i] += weight * (bySet[known | 1 << i] - bySet[known]);
                }
            }
        }
        return shares;
    }

    private static double expected(Tree tree, int node, float[] row, int known) {
        int by = tree.feature()[node];
        if (by < 0) {
            return tree.value()[node];
        }
        int left = tree.left()[node];
        if ((known >> by & 1) == 1) {
            boolean goesLeft = Float.isNaN(row[by]) ? tree.defaultLeft()[node] : row[by] < tree.threshold()[node];
            return expected(tree, goesLeft ? left : left + 1, row, known);
        }
        double ofLeft = tree.cover()[left];
        double ofRight = tree.cover()[left + 1];
        return (expected(tree, left, row, known) * ofLeft + expected(tree, left + 1, row, known) * ofRight)
                / (ofLeft + ofRight);
    }

    private static double factorial(int n) {
        return n <= 1 ? 1 : n * factorial(n - 1);
    }
}
