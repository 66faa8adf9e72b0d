package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeFormatsTest {

    @Test
    void times_are_known_by_their_looks() {
        assertThat(format("c", "2025-03-01T10:00:00Z", "2025-03-02 11:30")).isEqualTo("iso");
        assertThat(format("c", "2025-03-01")).isEqualTo("iso");
        assertThat(format("c", "29/2/2016 01:16", "13/12/2016 9:05")).isEqualTo("d/M/yyyy H:mm");
        assertThat(format("c", "2/29/2016 01:16")).isEqualTo("M/d/yyyy H:mm");
        assertThat(format("c", "01.02.2025 08:00:00")).isEqualTo("d.M.yyyy H:mm:ss");
        assertThat(format("c", "2025/03/01 08:00:00")).isEqualTo("yyyy/M/d H:mm:ss");
        assertThat(format("c", "3/14/2025 9:26 PM")).isEqualTo("M/d/yyyy h:mm a");
    }

    @Test
    void which_is_the_day_is_a_guess_when_no_value_tells() {
        TimeFormats.Found found = found("c", "3/4/2025 10:00", "5/6/2025 10:00").orElseThrow();
        assertThat(found.format()).isEqualTo("d/M/yyyy H:mm");
        assertThat(found.alternative()).isEqualTo("M/d/yyyy H:mm");
        assertThat(found("c", "13/4/2025 10:00").orElseThrow().alternative()).isEmpty();
    }

    @Test
    void numbers_are_times_only_where_the_column_says_so() {
        assertThat(format("created_at", "1740000000", "1740000001.5")).isEqualTo("epoch_seconds");
        assertThat(format("timestamp", "1740000000000")).isEqualTo("epoch_millis");
        assertThat(format("date", "20250301")).isEqualTo("yyyyMMdd");
        assertThat(found("number", "1740000000")).isEmpty();
    }

    @Test
    void what_is_no_time_or_lies_nowhere_near_now_is_none() {
        assertThat(found("time", "soon", "later")).isEmpty();
        assertThat(found("time", "0001-01-01T00:00:00Z")).isEmpty();
        assertThat(found("time", "2025-02-30")).isEmpty();
        assertThat(found("time")).isEmpty();
    }

    @Test
    void a_misfit_among_many_is_counted() {
        TimeFormats times = new TimeFormats();
        times.add("not yet");
        for (int i = 0; i < 1_000; i++) {
            times.add("2025-03-01T10:00:00Z");
        }
        assertThat(times.found("c").orElseThrow().misfits()).isEqualTo(1);
    }

    private static String format(String name, String... values) {
        return found(name, values).orElseThrow().format();
    }

    private static Optional<TimeFormats.Found> found(String name, String... values) {
        TimeFormats times = new TimeFormats();
        for (String each : values) {
            times.add(each);
        }
        return times.found(name);
    }
}
