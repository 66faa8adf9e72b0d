package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.pack.grammar.Durations;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundedTest {

    private static final long HOUR = 3_600_000;

    @Test
    void durations_are_those_that_people_would_write() {
        assertThat(Rounded.duration(1)).isEqualTo("1m");
        assertThat(Rounded.duration(HOUR)).isEqualTo("60m");
        assertThat(Rounded.duration(30 * HOUR + 1)).isEqualTo("31h");
        assertThat(Rounded.duration(240 * HOUR)).isEqualTo("10d");
        assertThat(Rounded.duration(24 * 423L * HOUR)).isEqualTo("430d");
    }

    @Test
    void a_duration_is_never_shorter_than_what_it_stands_for() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            long millis = random.nextLong(1, 1L << random.nextInt(1, 38));
            assertThat(Durations.millis(Rounded.duration(millis))).isGreaterThanOrEqualTo(millis);
        }
    }

    @Test
    void figures_keep_two_digits_and_are_not_rounded_to_nothing() {
        assertThat(Rounded.up(0.0381)).isEqualTo("0.039");
        assertThat(Rounded.up(29_950)).isEqualTo("30000.0");
        assertThat(Rounded.up(0)).isEqualTo("0.0");
        assertThat(Rounded.percent(0.004)).isEqualTo("under 1 %");
        assertThat(Rounded.percent(0.234)).isEqualTo("23 %");
    }
}
