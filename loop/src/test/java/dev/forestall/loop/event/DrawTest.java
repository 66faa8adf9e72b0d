package dev.forestall.loop.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawTest {

    private static final int MANY = 200_000;

    /** The 99.99 % quantile of chi-square by Wilson and Hilferty's approximation. */
    private static double quantile(int degrees) {
        double z = 3.719;
        double spread = 2.0 / (9 * degrees);
        return degrees * StrictMath.pow(1 - spread + z * StrictMath.sqrt(spread), 3);
    }

    private static double chiSquare(int[] counts, int total) {
        double expected = (double) total / counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    @Test
    void draws_are_recomputable() {
        // These values are promised for ever: holdouts of years ago are recomputed with them.
        assertThat(Draw.of("holdout", "save_offers", "173688")).isEqualTo(0.8130445518451951);
        assertThat(Draw.hash("effect", "customer", "c-1")).isEqualTo(7060665200024352074L);
    }

    @Test
    void draws_lie_in_0_to_1() {
        for (int i = 0; i < MANY; i++) {
            assertThat(Draw.of("holdout", "c-" + i)).isGreaterThanOrEqualTo(0).isLessThan(1);
        }
    }

    @Test
    void draws_are_uniform_over_ids_that_count_up() {
        for (String style : new String[] {"%d", "customer-%08d", "%x", "C%dX"}) {
            int[] counts = new int[100];
            for (int i = 0; i < MANY; i++) {
                counts[(int) (Draw.of("holdout", "save", style.formatted(i)) * counts.length)]++;
            }
            assertThat(chiSquare(counts, MANY)).as(style).isLessThan(quantile(counts.length - 1));
        }
    }

    @Test
    void draws_for_different_purposes_are_independent() {
        String[][] pairs = {
            {"holdout", "member"}, {"first", "second"}, {"a", "b"}, {"policy1", "policy2"}, {"x", "xx"},
        };
        for (String[] pair : pairs) {
            int[] counts = new int[100];
            for (int i = 0; i < MANY; i++) {
                int one = (int) (Draw.of(pair[0], "c-" + i) * 10);
                int other = (int) (Draw.of(pair[1], "c-" + i) * 10);
                counts[one * 10 + other]++;
            }
            assertThat(chiSquare(counts, MANY)).as(pair[0] + " and " + pair[1]).isLessThan(quantile(99));
        }
    }

    @Test
    void one_customers_draws_are_independent_over_policies() {
        int[] counts = new int[100];
        for (int i = 0; i < MANY; i++) {
            int one = (int) (Draw.of("holdout", "policy-" + i, "c-1") * 10);
            int other = (int) (Draw.of("holdout", "policy-" + i, "c-2") * 10);
            counts[one * 10 + other]++;
        }
        assertThat(chiSquare(counts, MANY)).isLessThan(quantile(99));
    }

    @Test
    void where_one_id_ends_and_the_next_begins_matters() {
        assertThat(Draw.hash("p", "ab", "c")).isNotEqualTo(Draw.hash("p", "a", "bc"));
        assertThat(Draw.hash("p", "ab")).isNotEqualTo(Draw.hash("p", "ab", ""));
        assertThat(Draw.hash("pa", "b")).isNotEqualTo(Draw.hash("p", "ab"));
        assertThat(Draw.hash("p", "", "a")).isNotEqualTo(Draw.hash("p", "a", ""));
    }

    @Test
    void letters_beyond_ascii_count_in_full() {
        assertThat(Draw.hash("p", "\u0101")).isNotEqualTo(Draw.hash("p", "\u0001"));
        assertThat(Draw.hash("p", "é")).isNotEqualTo(Draw.hash("p", "e"));
    }
}
