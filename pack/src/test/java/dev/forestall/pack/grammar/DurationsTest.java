package dev.forestall.pack.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,500", "90s,90000", "30m,1800000", "2h30m,9000000", "7d,604800000", "1w,604800000", "0s,0"})
    void durations_are_read_in_their_units(String text, long millis) {
        assertThat(Durations.isDuration(text)).isTrue();
        assertThat(Durations.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "7 d", "7days", "-7d", "1.5h", "7D", "h7"})
    void other_texts_are_none(String text) {
        assertThat(Durations.isDuration(text)).isFalse();
    }

    @Test
    void a_duration_beyond_all_reason_counts_as_the_longest() {
        assertThat(Durations.millis("999999999999w")).isEqualTo(Durations.MAX_MILLIS);
        assertThat(Durations.millis("99999999999d999999999999w")).isEqualTo(Durations.MAX_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "1m30s", "30m", "2h30m", "7d", "1d12h", "0s"})
    void they_are_written_as_people_write_them(String text) {
        assertThat(Durations.text(Durations.millis(text))).isEqualTo(text);
    }

    @Test
    void percentages_are_shares() {
        assertThat(Shares.share("40%")).isEqualTo(0.4);
        assertThat(Shares.share("2.5%")).isEqualTo(0.025);
        assertThat(Shares.share("99%")).isEqualTo(0.99);
    }
}
