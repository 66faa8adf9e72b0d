package dev.forestall.loop.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.forestall.loop.risk.Forest.Tree;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForestTest {

    private static final int SEEDS = 60;

    /** Below 2 on the left, where a missing value goes too. */
    private static Tree stump() {
        return new Tree(
                new int[] {0, -1, -1},
                new float[] {2, 0, 0},
                new int[] {1, 0, 0},
                new boolean[] {true, false, false},
                new float[] {0, -1, 1},
                new float[] {10, 6, 4});
    }

    @ParameterizedTest
    @CsvSource({"1.9999999, -1", "2, 1", "2.0000002, 1", "NaN, -1", "-Infinity, -1", "Infinity, 1"})
    void below_a_threshold_is_left_on_it_is_right_and_missing_goes_the_default_way(float x, double logOdds) {
        assertThat(new Forest(0, List.of(stump())).margin(new float[] {x})).isEqualTo(logOdds);
    }

    @Test
    void rows_go_the_way_that_a_walk_from_node_to_node_goes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            int features = 1 + random.nextInt(6);
            List<Tree> trees = RandomTrees.trees(random, random.nextInt(12), features);
            Forest forest = new Forest(0.25, trees);
            for (int i = 0; i < 100; i++) {
                float[] row = RandomTrees.row(random, features);
                double expected = 0.25;
                for (Tree tree : trees) {
                    expected += walk(tree, 0, row);
                }
                assertThat(forest.margin(row)).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void trees_are_given_back_as_they_were_put_in() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Tree> trees = RandomTrees.trees(random, 1 + random.nextInt(5), 4);
            Forest forest = new Forest(-1.5, trees);
            assertThat(forest.base()).isEqualTo(-1.5);
            assertThat(forest.trees()).isEqualTo(trees.size());
            for (int t = 0; t < trees.size(); t++) {
                assertThat(forest.tree(t))
                        .as("seed %s, tree %s", seed, t)
                        .usingRecursiveComparison()
                        .ignoringFields("left")
                        .isEqualTo(trees.get(t));
                assertThat(forest.tree(t).left())
                        .as("seed %s, tree %s", seed, t)
                        .isEqualTo(trees.get(t).left());
            }
        }
    }

    @Test
    void the_first_trees_alone_say_what_a_forest_of_only_them_says() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Tree> trees = RandomTrees.trees(random, 6, 5);
            Forest forest = new Forest(0.5, trees);
            int count = random.nextInt(7);
            float[] row = RandomTrees.row(random, 5);
            assertThat(forest.first(count).trees()).isEqualTo(count);
            assertThat(forest.first(count).margin(row))
                    .as("seed %s, first %s", seed, count)
                    .isEqualTo(new Forest(0.5, trees.subList(0, count)).margin(row));
        }
    }

    @Test
    void with_features_renumbered_a_row_in_the_new_order_has_the_same_log_odds() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            int features = 2 + random.nextInt(6);
            Forest forest = new Forest(0.5, RandomTrees.trees(random, 8, features));
            int[] numbers = shuffled(random, features);
            Forest renumbered = forest.renumbered(numbers);
            for (int i = 0; i < 20; i++) {
                float[] row = RandomTrees.row(random, features);
                float[] moved = new float[features];
                for (int old = 0; old < features; old++) {
                    moved[numbers[old]] = row[old];
                }
                assertThat(renumbered.margin(moved)).as("seed %s", seed).isEqualTo(forest.margin(row));
            }
            int[] uses = forest.uses(features);
            int[] newUses = renumbered.uses(features);
            for (int old = 0; old < features; old++) {
                assertThat(newUses[numbers[old]])
                        .as("seed %s, feature %s", seed, old)
                        .isEqualTo(uses[old]);
            }
        }
    }

    @Test
    void uses_count_the_nodes_that_a_feature_decides() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Tree> trees = RandomTrees.trees(random, random.nextInt(4), 7);
            int[] expected = new int[7];
            int last = -1;
            for (Tree tree : trees) {
                for (int by : tree.feature()) {
                    if (by >= 0) {
                        expected[by]++;
                        last = Math.max(last, by);
                    }
                }
            }
            assertThat(new Forest(0, trees).uses(7)).as("seed %s", seed).isEqualTo(expected);
            assertThat(new Forest(0, trees).lastFeature()).as("seed %s", seed).isEqualTo(last);
        }
    }

    @Test
    void without_trees_there_is_the_base_alone() {
        assertThat(Forest.EMPTY.margin(new float[0])).isZero();
        assertThat(Forest.EMPTY.lastFeature()).isEqualTo(-1);
        assertThat(new Forest(-2.5, List.of()).margin(new float[] {Float.NaN})).isEqualTo(-2.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 3})
    void children_that_do_not_stand_behind_their_parent_within_the_tree_are_refused(int left) {
        Tree tree = stump();
        tree.left()[0] = left;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> again(tree))
                .withMessage("node 0 of a tree is impossible: feature 0, threshold 2.0, left " + left
                        + ", value 0.0, cover 10.0");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void a_node_that_nobody_came_by_or_endlessly_many_is_refused(float cover) {
        Tree tree = stump();
        tree.cover()[2] = cover;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> again(tree))
                .withMessageStartingWith("node 2 of a tree is impossible")
                .withMessageEndingWith("cover " + cover);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void thresholds_and_leaves_that_are_no_numbers_are_refused(float wrong) {
        Tree threshold = stump();
        threshold.threshold()[0] = wrong;
        Tree leaf = stump();
        leaf.value()[1] = wrong;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> again(threshold))
                .withMessageContaining("node 0")
                .withMessageContaining("threshold " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> again(leaf))
                .withMessageContaining("node 1")
                .withMessageContaining("value " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forest(wrong, List.of()))
                .withMessage("a forest cannot start from " + (double) wrong);
    }

    @Test
    void arrays_of_different_lengths_are_refused_with_the_number_of_nodes() {
        Tree tree = stump();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tree(
                        tree.feature(), tree.threshold(), tree.left(), new boolean[2], tree.value(), tree.cover()))
                .withMessage("a tree of 3 nodes whose arrays differ in length");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Tree(new int[0], new float[0], new int[0], new boolean[0], new float[0], new float[0]))
                .withMessageStartingWith("a tree of 0 nodes");
    }

    private static Tree again(Tree tree) {
        return new Tree(tree.feature(), tree.threshold(), tree.left(), tree.defaultLeft(), tree.value(), tree.cover());
    }

    private static float walk(Tree tree, int node, float[] row) {
        int by = tree.feature()[node];
        if (by < 0) {
            return tree.value()[node];
        }
        int right = tree.left()[node] + 1;
        if (Float.isNaN(row[by])) {
            return walk(tree, tree.defaultLeft()[node] ? right - 1 : right, row);
        }
        return row[by] >= tree.threshold()[node] ? walk(tree, right, row) : walk(tree, right - 1, row);
    }

    private static int[] shuffled(Random random, int size) {
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }
}
