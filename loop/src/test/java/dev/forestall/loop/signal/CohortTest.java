package dev.forestall.loop.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The tail of the binomial distribution against exact arithmetic. */
class CohortTest {

    private static double exactTail(int hit, int tried, double share) {
        BigDecimal p = new BigDecimal(share);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigDecimal tail = BigDecimal.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int k = 0; k <= tried; k++) {
            if (k >= hit) {
                tail = tail.add(new BigDecimal(ways).multiply(p.pow(k)).multiply(q.pow(tried - k)));
            }
            ways = ways.multiply(BigInteger.valueOf(tried - k)).divide(BigInteger.valueOf(k + 1));
        }
        return tail.doubleValue();
    }

    @Test
    void the_tail_equals_exact_arithmetic() {
        for (double share : new double[] {0.01, 0.125, 0.3, 0.5, 0.9}) {
            for (int tried : new int[] {1, 2, 7, 40, 150}) {
                for (int hit = 0; hit <= tried; hit++) {
                    double exact = exactTail(hit, tried, share);
                    assertThat(Cohort.upperTail(hit, tried, share))
                            .as("%d of %d at %s", hit, tried, share)
                            .isCloseTo(exact, within(exact * 1e-10));
                }
            }
        }
    }

    @Test
    void the_tail_is_sound_for_many_and_at_the_edges() {
        assertThat(Cohort.upperTail(0, 10, 0.3)).isEqualTo(1);
        assertThat(Cohort.upperTail(1, 10, 0)).isZero();
        assertThat(Cohort.upperTail(10, 10, 1)).isEqualTo(1);
        assertThat(Cohort.upperTail(500_000, 1_000_000, 0.5)).isCloseTo(0.5, within(0.001));
        assertThat(Cohort.upperTail(1_000, 1_000_000, 0.5)).isEqualTo(1);
        assertThat(Cohort.upperTail(900_000, 1_000_000, 0.5)).isZero();
    }
}
