package dev.forestall.learning.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    /** The values of any table of the distribution. */
    @Test
    void the_upper_tail_is_that_of_the_tables() {
        assertThat(ChiSquare.upperTail(3.841458820694124, 1)).isCloseTo(0.05, within(1e-12));
        assertThat(ChiSquare.upperTail(6.634896601021213, 1)).isCloseTo(0.01, within(1e-12));
        assertThat(ChiSquare.upperTail(5.991464547107979, 2)).isCloseTo(0.05, within(1e-12));
        assertThat(ChiSquare.upperTail(18.307038053275146, 10)).isCloseTo(0.05, within(1e-12));
        assertThat(ChiSquare.upperTail(29.58829844507442, 10)).isCloseTo(0.001, within(1e-12));
        assertThat(ChiSquare.upperTail(0, 3)).isEqualTo(1);
        // Of two degrees it is exp(-x / 2), also far out.
        assertThat(ChiSquare.upperTail(100, 2)).isCloseTo(Math.exp(-50), within(1e-30));
        assertThat(ChiSquare.upperTail(0.1, 2)).isCloseTo(Math.exp(-0.05), within(1e-14));
    }

    /** 30 of 50 against 20 of 50: (30 - 25)^2 / 25 four times over is 4. */
    @Test
    void two_samples_are_compared_bin_by_bin() {
        assertThat(ChiSquare.twoSamples(new int[] {30, 20}, new int[] {20, 30}, 5))
                .isCloseTo(ChiSquare.upperTail(4, 1), within(1e-12));
        assertThat(ChiSquare.twoSamples(new int[] {30, 20}, new int[] {60, 40}, 5))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void bins_with_too_few_are_laid_together() {
        assertThat(ChiSquare.twoSamples(new int[] {28, 2, 20}, new int[] {19, 1, 30}, 5))
                .isEqualTo(ChiSquare.twoSamples(new int[] {28, 22}, new int[] {19, 31}, 5));
        assertThat(ChiSquare.twoSamples(new int[] {3, 2}, new int[] {1, 4}, 5)).isEqualTo(1);
        assertThat(ChiSquare.twoSamples(new int[] {0, 50}, new int[] {0, 40}, 5))
                .isEqualTo(1);
    }
}
