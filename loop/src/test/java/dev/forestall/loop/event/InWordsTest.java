package dev.forestall.loop.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InWordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT336H, 14 days",
        "PT24H, 1 day",
        "PT36H, 1 day 12 h",
        "PT2H, 2 h",
        "PT1H30M, 1 h 30 min",
        "PT1M0.5S, 1 min 500 ms",
        "PT48H0M3S, 2 days 3 s",
        "PT0S, 0 ms"
    })
    void a_length_of_time_is_said_in_full(Duration length, String words) {
        assertThat(InWords.duration(length.toMillis())).isEqualTo(words);
    }
}
