package dev.forestall.learning.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.drift.InputDrift.Moved;
import dev.forestall.learning.table.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Alarms come when something has changed, and else no more often than is said. */
class DriftTest {

    private static final int HISTORIES = 200;

    /** With a chance of 1 %, more than this of {@link #HISTORIES} are as good as impossible: about 1 in 10,000. */
    private static final int POSSIBLE = 8;

    private static List<Moved> moved(Examples examples, int days) {
        return InputDrift.of(
                examples,
                Histories.fresh(examples, days),
                Histories.ALL,
                Reference.of(examples, Histories.training(examples), Histories.ALL),
                (Histories.DAYS / 2 + days) * Histories.DAY);
    }

    @Test
    void nothing_has_changed_and_hardly_ever_an_input_says_so() {
        int alarms = 0;
        int small = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Moved> moved = moved(Histories.of(seed, 400, value -> value), 32);
            assertThat(moved).hasSize(Histories.ALL.length);
            // By the p-value alone, however little it is: that is what bounds the chance.
            alarms += moved.getFirst().p() <= InputDrift.FALSE_ALARM ? 1 : 0;
            small += moved.getFirst().p() <= 0.5 ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(POSSIBLE);
        // Nor is it so careful that it could not see anything.
        assertThat(small).isGreaterThan(HISTORIES / 20);
    }

    @Test
    void an_input_that_is_shifted_or_stretched_or_goes_missing_is_named() {
        List<DoubleUnaryOperator> changes =
                List.of(value -> value + 0.5, value -> 2 * value, value -> value > 0.8 ? Double.NaN : value);
        for (DoubleUnaryOperator change : changes) {
            int found = 0;
            for (int seed = 0; seed < 20; seed++) {
                Moved first = moved(Histories.of(seed, 800, change), 32).getFirst();
                found += first.isAlarm() && first.key().equals("steady") ? 1 : 0;
            }
            assertThat(found).isGreaterThanOrEqualTo(19);
        }
    }

    @Test
    void before_a_window_is_over_nothing_is_said() {
        assertThat(moved(Histories.of(1, 400, value -> value + 5), 2)).isEmpty();
    }

    private static CalibrationDrift.Found bets(Examples examples, int days, ToDoubleFunction<float[]> probability) {
        return CalibrationDrift.of(
                examples, Histories.fresh(examples, days), Histories.ALL, probability, Histories.HORIZON);
    }

    @Test
    void right_probabilities_hardly_ever_raise_an_alarm_however_often_one_looks() {
        int alarms = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Examples examples = Histories.of(1_000 + seed, 300, value -> value);
            boolean isAlarm = false;
            for (int days = 4; days <= 28; days += 4) {
                isAlarm |= bets(examples, days, Histories::probability).evidence() >= 1 / CalibrationDrift.FALSE_ALARM;
            }
            alarms += isAlarm ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(POSSIBLE);
    }

    private static ToDoubleFunction<float[]> bent(double shift, double slope) {
        return row -> {
            double p = Histories.probability(row);
            return 1 / (1 + Math.exp(-(shift + slope * Math.log(p / (1 - p)))));
        };
    }

    @Test
    void probabilities_that_are_too_high_or_too_low_are_found_out_and_on_which_side() {
        for (double shift : new double[] {-0.5, 0.5}) {
            int found = 0;
            for (int seed = 0; seed < 20; seed++) {
                CalibrationDrift.Found bets = bets(Histories.of(seed, 1_000, value -> value), 28, bent(shift, 1));
                CalibrationDrift.How side = shift < 0 ? CalibrationDrift.How.TOO_LOW : CalibrationDrift.How.TOO_HIGH;
                found += bets.isAlarm() && bets.how() == side ? 1 : 0;
                assertThat(bets.isAlarm()).isEqualTo(bets.isAlarm() && bets.sinceMillis() < Long.MAX_VALUE);
            }
            assertThat(found).as("shift %s", shift).isGreaterThanOrEqualTo(19);
        }
    }

    @Test
    void probabilities_that_are_too_extreme_or_too_timid_are_found_out_though_they_are_right_on_average() {
        for (double slope : new double[] {0.4, 2}) {
            int found = 0;
            for (int seed = 0; seed < 10; seed++) {
                Examples examples = Histories.of(seed, 2_000, value -> value);
                CalibrationDrift.Found bets = bets(examples, 28, centred(examples, slope));
                assertThat(bets.said()).isBetween(0.8 * bets.seen(), 1.25 * bets.seen());
                CalibrationDrift.How way =
                        slope < 1 ? CalibrationDrift.How.TOO_TIMID : CalibrationDrift.How.TOO_EXTREME;
                found += bets.isAlarm() && bets.how() == way ? 1 : 0;
            }
            assertThat(found).as("slope %s", slope).isGreaterThanOrEqualTo(9);
        }
    }

    /** Log odds stretched by a slope, and shifted so that the mean stays as it is. */
    private static ToDoubleFunction<float[]> centred(Examples examples, double slope) {
        double right = mean(examples, Histories::probability);
        double low = -10;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (mean(examples, bent(middle, slope)) < right) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return bent(low, slope);
    }

    private static double mean(Examples examples, ToDoubleFunction<float[]> probability) {
        return Arrays.stream(Histories.fresh(examples, 28))
                .mapToDouble(row -> probability.applyAsDouble(examples.row(row)))
                .average()
                .orElseThrow();
    }

    @Test
    void what_is_off_by_too_little_to_matter_is_no_alarm_however_sure_it_is() {
        Examples examples = Histories.of(7, 20_000, value -> value);
        CalibrationDrift.Found bets = bets(examples, 28, bent(0.08, 1));
        assertThat(bets.distance()).isLessThan(CalibrationDrift.LEAST_DISTANCE * bets.seen());
        assertThat(bets.isAlarm()).isFalse();
    }

    @Test
    void without_outcomes_nothing_is_said() {
        Examples examples = Histories.of(7, 10, value -> value);
        CalibrationDrift.Found bets =
                CalibrationDrift.of(examples, new int[0], Histories.ALL, row -> 0.5, Histories.HORIZON);
        assertThat(bets.moments()).isZero();
        assertThat(bets.isAlarm()).isFalse();
    }
}
