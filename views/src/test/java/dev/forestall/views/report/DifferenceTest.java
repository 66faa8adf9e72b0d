package dev.forestall.views.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void the_interval_is_the_published_one_for_the_published_examples() {
        // Newcombe 1998, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20.
        assertInterval(new Difference(70, 56, 80, 48), 0.0524, 0.3339);
        assertInterval(new Difference(10, 9, 10, 3), 0.1705, 0.8090);
        assertInterval(new Difference(10, 10, 20, 0), 0.6791, 1.0000);
    }

    @Test
    void without_one_of_the_groups_there_is_no_interval() {
        assertThat(new Difference(10, 5, 0, 0).interval()).isEmpty();
        assertThat(new Difference(10, 5, 0, 0).value()).isNaN();
    }

    @Test
    void in_replays_where_nothing_was_done_the_interval_holds_zero_about_nineteen_times_in_twenty() {
        Random random = new Random(3);
        int holds = 0;
        for (int i = 0; i < 2_000; i++) {
            Difference difference = new Difference(900, hits(random, 900, 0.3), 100, hits(random, 100, 0.3));
            holds += difference.interval().orElseThrow().contains(0) ? 1 : 0;
        }
        assertThat(holds / 2_000.0).isBetween(0.93, 0.97);
    }

    private static long hits(Random random, int of, double share) {
        return java.util.stream.IntStream.range(0, of)
                .filter(i -> random.nextDouble() < share)
                .count();
    }

    private static void assertInterval(Difference difference, double low, double high) {
        Interval interval = difference.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(0.00006));
        assertThat(interval.high()).isCloseTo(high, within(0.00006));
    }
}
