package dev.forestall.learning.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JudgedTest {

    @Test
    void auc_counts_pairs_and_ties_count_half() {
        for (int seed = 0; seed < 20; seed++) {
            Judged judged = random(seed, 60, 5 + seed);
            double wins = 0;
            int pairs = 0;
            for (int a = 0; a < 60; a++) {
                for (int b = 0; b < 60; b++) {
                    if (judged.label(a) && !judged.label(b)) {
                        int compared = Double.compare(judged.probability(a), judged.probability(b));
                        wins += compared > 0 ? 1 : compared == 0 ? .5 : 0;
                        pairs++;
                    }
                }
            }
            assertThat(judged.figures().auc()).isCloseTo(wins / pairs, within(1e-12));
        }
    }

    @Test
    void the_figures_of_four_moments_are_those_worked_out_by_hand() {
        Figures figures = new Judged(
                        new double[] {.1, .4, .35, .8}, new boolean[] {false, false, true, true}, new int[] {0, 1, 2, 3
                        })
                .figures();

        assertThat(figures.auc()).isEqualTo(.75);
        assertThat(figures.brier()).isCloseTo((.01 + .16 + .4225 + .04) / 4, within(1e-12));
        assertThat(figures.logLoss())
                .isCloseTo(-(Math.log(.9) + Math.log(.6) + Math.log(.35) + Math.log(.8)) / 4, within(1e-12));
    }

    @Test
    void rows_are_ordered_by_probability_and_ties_by_row() {
        Judged judged = random(4, 500, 7);

        Integer[] expected = new Integer[500];
        Arrays.setAll(expected, i -> i);
        Arrays.sort(expected, (a, b) -> Double.compare(judged.probability(a), judged.probability(b)));

        assertThat(judged.ascending()).containsExactly(expected);
    }

    @Test
    void intervals_hold_the_truth_about_as_often_as_they_say_though_moments_of_a_subject_are_alike() {
        int held = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] probabilities = new double[300];
            boolean[] labels = new boolean[300];
            int[] subjects = new int[300];
            Arrays.fill(probabilities, .3);
            for (int row = 0; row < 300; row++) {
                subjects[row] = row / 3;
                labels[row] = row % 3 == 0 ? random.nextDouble() < .3 : labels[row - 1];
            }
            Judged judged = new Judged(probabilities, labels, subjects);
            Estimate brier = Judged.estimate(
                    judged.figures().brier(),
                    Arrays.stream(Judged.draws(List.of(judged), 200, seed)[0]).mapToDouble(Figures::brier));
            // The truth: .3 x .7.
            held += brier.low() <= .21 && .21 <= brier.high() ? 1 : 0;
        }
        // With moments drawn one by one, intervals would be narrower by the root of three and hold about 74 %.
        assertThat(held).isBetween(180, 199);
    }

    @Test
    void of_rows_tied_at_the_edge_of_the_top_each_counts_in_the_proportion_that_has_room() {
        double[] probabilities = {.9, .5, .5, .5, .1, .1, .1, .1, .1, .1};
        boolean[] labels = {true, true, false, false, false, false, false, false, false, true};
        Judged judged = new Judged(probabilities, labels, new int[10]);

        assertThat(judged.lift(.2)).isCloseTo((1 + 1.0 / 3) / 2 / .3, within(1e-12));
        assertThat(judged.lift(.4)).isCloseTo(2.0 / 4 / .3, within(1e-12));
        assertThat(judged.lift(1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void several_ways_are_measured_on_the_same_draws() {
        Judged judged = random(1, 500, 50);

        Figures[][] draws = Judged.draws(List.of(judged, judged), 50, 1);

        assertThat(draws[1]).containsExactly(draws[0]);
        assertThat(Arrays.stream(draws[0]).distinct().count()).isGreaterThan(40);
    }

    @Test
    void a_true_model_is_as_far_off_as_perfection_and_one_too_sure_of_itself_is_found_out() {
        SplittableRandom random = new SplittableRandom(11);
        double[] truth = new double[4_000];
        double[] sure = new double[truth.length];
        boolean[] labels = new boolean[truth.length];
        int[] subjects = new int[truth.length];
        for (int i = 0; i < truth.length; i++) {
            double logOdds = 4 * random.nextDouble() - 3;
            truth[i] = 1 / (1 + Math.exp(-logOdds));
            sure[i] = 1 / (1 + Math.exp(-2 * logOdds - .5));
            labels[i] = random.nextDouble() < truth[i];
            subjects[i] = i;
        }
        Calibration right = Calibration.of(new Judged(truth, labels, subjects), 10, 1);
        Calibration wrong = Calibration.of(new Judged(sure, labels, subjects), 10, 1);

        assertThat(right.isSound()).isTrue();
        assertThat(right.bins()).hasSize(10).allMatch(bin -> bin.n() == 400);
        assertThat(wrong.isSound()).isFalse();
        assertThat(wrong.error()).isGreaterThan(2 * wrong.perfectError());
    }

    private static Judged random(long seed, int size, int levels) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] probabilities = new double[size];
        boolean[] labels = new boolean[size];
        int[] subjects = new int[size];
        for (int i = 0; i < size; i++) {
            probabilities[i] = (1 + random.nextInt(levels)) / (levels + 1.0);
            labels[i] = random.nextDouble() < probabilities[i];
            subjects[i] = i;
        }
        return new Judged(probabilities, labels, subjects);
    }
}
