package dev.forestall.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlattTest {

    private static final int ROWS = 40_000;

    /** Models that are too sure of themselves, too timid, and off by a constant. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0.5, 0", "2.5, 0", "1, -1.5", "0.3, 0.8", "0.1, -0.5", "4, 2"})
    void a_line_that_was_planted_is_found(double slope, double offset) {
        SplittableRandom random = new SplittableRandom(1);
        double[] logOdds = new double[ROWS];
        boolean[] labels = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double truth = -3 + 6 * random.nextDouble();
            logOdds[i] = (truth - offset) / slope;
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-truth));
        }
        Platt found = Platt.fit(logOdds, labels);
        assertThat(found.slope()).isCloseTo(slope, within(0.05 * slope));
        assertThat(found.offset()).isCloseTo(offset, within(0.06));
    }

    @Test
    void nothing_fits_better_nearby(TestInfo test) {
        Seeds.each(test, 30, (seed, random) -> {
            double[] logOdds = random.doubles(200, -4, 4).toArray();
            boolean[] labels = new boolean[logOdds.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds[i] / 2));
            }
            Platt found = Platt.fit(logOdds, labels);
            double loss = loss(found, logOdds, labels);
            for (double step : new double[] {-0.01, 0.01}) {
                assertThat(loss(new Platt(found.slope() + step, found.offset()), logOdds, labels))
                        .isGreaterThan(loss);
                assertThat(loss(new Platt(found.slope(), found.offset() + step), logOdds, labels))
                        .isGreaterThan(loss);
            }
        });
    }

    /** Whatever is thrown at it: noise, turned order, one kind of outcome, outcomes that a threshold parts, equal log odds. */
    @Test
    void the_order_is_never_turned_round_and_it_is_never_worse_than_no_line(TestInfo test) {
        Seeds.each(test, 300, (seed, random) -> {
            int size = 2 + random.nextInt(60);
            double stretch = Math.exp(6 * random.nextDouble() - 2);
            int kind = random.nextInt(5);
            double[] logOdds = new double[size];
            boolean[] labels = new boolean[size];
            for (int i = 0; i < size; i++) {
                logOdds[i] = kind == 4 ? 1.5 : stretch * (random.nextDouble() - 0.5);
                labels[i] = switch (kind) {
                    case 0 -> random.nextBoolean();
                    case 1 -> logOdds[i] < 0;
                    case 2 -> true;
                    case 3 -> logOdds[i] > 0;
                    default -> random.nextInt(3) == 0;
                };
            }
            Platt found = Platt.fit(logOdds, labels);
            assertThat(found.slope()).isPositive().isFinite();
            assertThat(found.offset()).isFinite();
            assertThat(loss(found, logOdds, labels)).isLessThanOrEqualTo(loss(Platt.NONE, logOdds, labels) + 1e-9);
        });
    }

    private static double loss(Platt line, double[] logOdds, boolean[] labels) {
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            double towards = labels[i] ? -line.of(logOdds[i]) : line.of(logOdds[i]);
            loss += Math.max(0, towards) + Math.log1p(Math.exp(-Math.abs(towards)));
        }
        return loss / labels.length;
    }
}
