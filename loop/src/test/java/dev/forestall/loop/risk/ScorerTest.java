package dev.forestall.loop.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerTest {

    private static final Linear NO_SUM = new Linear(0, new double[0], new double[0], new double[0]);
    private static final Linear ONE = new Linear(0.5, new double[] {2}, new double[] {0}, new double[] {1});

    @Test
    void log_odds_are_the_blend_on_the_line_of_the_calibration() {
        Scorer scorer = new Scorer(new Forest(4, List.of()), 0.25, ONE, 0.75, 2, -1);
        // 0.25 * 4 + 0.75 * (0.5 + 2 * 3) = 5.875
        assertThat(scorer.logOdds(new float[] {3})).isEqualTo(2 * 5.875 - 1);
    }

    @Test
    void what_does_not_count_is_not_even_looked_at() {
        float[] nothing = new float[0];
        assertThat(new Scorer(new Forest(4, List.of()), 1, ONE, 0, 1, 0).logOdds(nothing))
                .isEqualTo(4);
        Forest looking = new Forest(0, RandomTrees.trees(new Random(1), 5, 3));
        assertThat(looking.lastFeature()).isPositive();
        assertThat(new Scorer(looking, 0, NO_SUM, 1, 1, 0.5).logOdds(nothing)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1.0986122886681098, 0.75", "-1.0986122886681098, 0.25", "800, 1", "-800, 0"})
    void log_odds_of_a_probability_give_it_back(double logOdds, double probability) {
        assertThat(Scorer.probability(logOdds)).isCloseTo(probability, within(1e-15));
    }

    @Test
    void higher_log_odds_are_never_a_lower_probability() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            double lower = random.nextGaussian() * 20;
            double higher = lower + random.nextDouble() * random.nextDouble();
            assertThat(Scorer.probability(higher)).isBetween(Scorer.probability(lower), 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_calibration_that_turns_the_order_round_or_loses_it_is_refused(double slope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Forest.EMPTY, 1, NO_SUM, 0, slope, 0))
                .withMessageStartingWith("a scorer with slope " + slope);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void shares_and_offsets_that_are_no_numbers_are_refused(double wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Forest.EMPTY, wrong, NO_SUM, 0, 1, 0))
                .withMessageContaining("shares " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Forest.EMPTY, 0, NO_SUM, wrong, 1, 0))
                .withMessageContaining("and " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Forest.EMPTY, 0, NO_SUM, 0, 1, wrong))
                .withMessageContaining("offset " + wrong);
    }
}
