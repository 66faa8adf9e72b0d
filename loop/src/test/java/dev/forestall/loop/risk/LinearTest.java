package dev.forestall.loop.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearTest {

    /** One feature, usually 100 give or take 20, that counts 0.5 for each deviation. */
    private static final Linear ONE = new Linear(-1, new double[] {0.5}, new double[] {100}, new double[] {20});

    @ParameterizedTest
    @CsvSource({
        "100, 0",
        "140, 1",
        "90, -0.25",
        "300, 5",
        "301, 5",
        "Infinity, 5",
        "-100, -5",
        "-1e30, -5",
        "-Infinity, -5",
        "NaN, 0"
    })
    void a_value_counts_by_its_deviations_ten_at_most_and_missing_as_the_mean(float x, double part) {
        assertThat(ONE.part(new float[] {x}, 0)).isEqualTo(part);
        assertThat(ONE.value(new float[] {x})).isEqualTo(-1 + part);
    }

    @Test
    void the_sum_is_the_intercept_and_the_parts() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            int size = random.nextInt(8);
            Linear linear = new Linear(
                    random.nextGaussian(),
                    random.doubles(size, -2, 2).toArray(),
                    random.doubles(size, -2, 2).toArray(),
                    random.doubles(size, 0.1, 2).toArray());
            float[] row = RandomTrees.row(random, size);
            double expected = linear.intercept();
            for (int i = 0; i < size; i++) {
                double deviations = Float.isNaN(row[i]) ? 0 : (row[i] - linear.means()[i]) / linear.scales()[i];
                expected += linear.weights()[i] * Math.clamp(deviations, -10, 10);
            }
            assertThat(linear.value(row)).as("seed %s", seed).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void what_is_no_weighted_sum_is_refused_with_its_numbers() {
        double[] one = {1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(0, one, one, new double[0]))
                .withMessage("weights, means and scales differ in length: 1, 1, 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(0, one, one, new double[] {0}))
                .withMessage("feature 0 has weight 1.0, mean 1.0, scale 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(0, new double[] {Double.NaN}, one, one))
                .withMessageContaining("weight NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(0, one, new double[] {Double.POSITIVE_INFINITY}, one))
                .withMessageContaining("mean Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(0, one, one, new double[] {Double.POSITIVE_INFINITY}))
                .withMessageContaining("scale Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(Double.NaN, one, one, one))
                .withMessage("a weighted sum cannot start from NaN");
    }
}
