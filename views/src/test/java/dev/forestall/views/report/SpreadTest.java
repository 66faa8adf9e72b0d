package dev.forestall.views.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void small_lengths_are_exact() {
        Spread spread = new Spread();
        for (long millis : new long[] {5, 1, 3, 63, 2}) {
            spread.add(millis);
        }
        assertThat(spread.quantile(0.5)).isEqualTo(3);
        assertThat(spread.quantile(0.9)).isEqualTo(63);
        assertThat(spread.quantiles()).isEqualTo(new Quantiles(5, 3, 63));
    }

    @Test
    void quantiles_are_off_by_less_than_two_thousandths_over_all_magnitudes() {
        Random random = new Random(7);
        long[] values = new long[20_000];
        Spread spread = new Spread();
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 30);
            spread.add(values[i]);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.1, 0.5, 0.9, 0.99, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat((double) spread.quantile(share)).isCloseTo(exact, Percentage.withPercentage(0.2));
        }
    }

    @Test
    void adding_two_spreads_is_adding_all_their_lengths() {
        Spread one = new Spread();
        Spread other = new Spread();
        Spread both = new Spread();
        for (long millis = 1; millis < 1_000_000; millis = millis * 3 + 1) {
            (millis % 2 == 0 ? one : other).add(millis);
            both.add(millis);
        }
        one.add(other);
        assertThat(one.quantiles()).isEqualTo(both.quantiles());
        assertThat(one.count()).isEqualTo(both.count());
    }

    @Test
    void the_longest_length_there_is_fits_and_a_negative_one_counts_as_none() {
        Spread spread = new Spread();
        spread.add(Long.MAX_VALUE);
        assertThat((double) spread.quantile(1)).isCloseTo(Long.MAX_VALUE, within(Long.MAX_VALUE * 0.002));
        spread.add(-5);
        assertThat(spread.quantile(0.5)).isZero();
    }

    @Test
    void of_nothing_there_are_no_quantiles() {
        assertThat(new Spread().quantiles().isEmpty()).isTrue();
        assertThat(new Spread().quantile(0.5)).isZero();
    }
}
