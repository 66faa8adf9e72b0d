package dev.forestall.loop.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class DrawnSharesTest {

    private static DrawnShares.Found explain(float[] row, float[] usual, ToDoubleFunction<float[]> model, long seed) {
        return DrawnShares.of(
                row, usual, rows -> Arrays.stream(rows).mapToDouble(model).toArray(), seed);
    }

    /** Something with products in it, so that the order matters. */
    private static double bent(float[] row) {
        return row[0] * row[1] - 2 * row[2] + (row[3] > 0.5 ? row[0] : row[4] * row[4]);
    }

    @Test
    void of_a_sum_each_part_gets_exactly_its_own() {
        double[] weights = {2, -1, 0.5};
        ToDoubleFunction<float[]> sum = row -> 0.25 + weights[0] * row[0] + weights[1] * row[1] + weights[2] * row[2];
        DrawnShares.Found found = explain(new float[] {3, 4, 8}, new float[] {1, 1, 8}, sum, 7);
        assertThat(found.base()).isEqualTo(0.25 + 2 - 1 + 4);
        assertThat(found.moved()).containsExactly(4, -3, 0);
    }

    @Test
    void parts_and_base_add_up_to_what_the_model_says_of_the_row() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] row = row(random);
            float[] usual = row(random);
            DrawnShares.Found found = explain(row, usual, DrawnSharesTest::bent, seed);
            double all = found.base() + Arrays.stream(found.moved()).sum();
            assertThat(all).as("seed %d", seed).isCloseTo(bent(row), within(1e-9));
        }
    }

    @Test
    void they_come_near_what_all_orders_together_give() {
        double worst = 0;
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] row = row(random);
            float[] usual = row(random);
            double[] exact = exact(row, usual);
            double[] drawn = explain(row, usual, DrawnSharesTest::bent, seed).moved();
            for (int i = 0; i < exact.length; i++) {
                worst = Math.max(worst, Math.abs(exact[i] - drawn[i]));
            }
        }
        // Rows lie in 0 to 1, and parts between about -2 and 2.
        assertThat(worst).isLessThan(0.12);
    }

    @Test
    void what_is_as_usual_moves_nothing_and_what_is_absent_can() {
        float[] usual = {1, Float.NaN, 1};
        ToDoubleFunction<float[]> model = row -> (Float.isNaN(row[1]) ? 0 : 3) + (Float.isNaN(row[2]) ? -5 : row[2]);
        DrawnShares.Found found = explain(new float[] {1, 8, Float.NaN}, usual, model, 1);
        assertThat(found.moved()).containsExactly(0, 3, -6);
        assertThat(explain(usual, usual, model, 1).moved()).containsExactly(0, 0, 0);
    }

    @Test
    void the_same_seed_gives_the_same_parts_and_the_model_is_asked_once() {
        SplittableRandom random = new SplittableRandom(3);
        float[] row = row(random);
        float[] usual = row(random);
        List<Integer> questions = new ArrayList<>();
        DrawnShares.Asking counting = rows -> {
            questions.add(rows.length);
            return Arrays.stream(rows).mapToDouble(DrawnSharesTest::bent).toArray();
        };
        double[] first = DrawnShares.of(row, usual, counting, 5).moved();
        assertThat(explain(row, usual, DrawnSharesTest::bent, 5).moved()).containsExactly(first);
        assertThat(explain(row, usual, DrawnSharesTest::bent, 6).moved()).isNotEqualTo(first);
        assertThat(questions).hasSize(1);
    }

    private static float[] row(SplittableRandom random) {
        float[] row = new float[5];
        for (int i = 0; i < row.length; i++) {
            row[i] = random.nextInt(100) / 100f;
        }
        return row;
    }

    /** By the definition: the mean over all orders. */
    private static double[] exact(float[] row, float[] usual) {
        double[] moved = new double[row.length];
        List<int[]> orders = new ArrayList<>();
        permute(new int[] {0, 1, 2, 3, 4}, 0, orders);
        for (int[] order : orders) {
            float[] on = usual.clone();
            for (int feature : order) {
                double before = bent(on);
                on[feature] = row[feature];
                moved[feature] += (bent(on) - before) / orders.size();
            }
        }
        return moved;
    }

    private static void permute(int[] order, int from, List<int[]> into) {
        if (from == order.length) {
            into.add(order.clone());
        }
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            permute(order, from + 1, into);
            swap(order, from, i);
        }
    }

    private static void swap(int[] order, int one, int other) {
        int kept = order[one];
        order[one] = order[other];
        order[other] = kept;
    }
}
