package dev.forestall.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.views.Units;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void away_from_a_terminal_it_says_a_line_every_few_seconds_at_most() {
        try (Progress progress = progress(false)) {
            for (int i = 1; i <= 120; i++) {
                clock.addAndGet(100);
                at(progress, i / 200.0, i * 1_000L);
            }
        }
        assertThat(said()).isEqualTo("""
                Replaying a.csv: 25 %  50,000 events  10,000 events/s  15 s left
                Replaying a.csv: 50 %  100,000 events  10,000 events/s  10 s left
                """);
    }

    @Test
    void a_short_run_away_from_a_terminal_says_nothing() {
        try (Progress progress = progress(false)) {
            clock.addAndGet(4_000);
            at(progress, 0.9, 10);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void on_a_terminal_a_bar_is_drawn_in_one_line_and_taken_away_in_the_end() {
        try (Progress progress = progress(true)) {
            clock.addAndGet(2_000);
            at(progress, 0.5, 20_000);
            at(progress, 0.51, 20_001);
        }
        assertThat(said())
                .startsWith(
                        "\rReplaying a.csv  [############............] 50 %  20,000 events  10,000 events/s  2 s left");
        assertThat(said()).doesNotContain("\n").doesNotContain("20,001").endsWith("\r");
    }

    @Test
    void the_last_second_is_not_counted_down() {
        try (Progress progress = progress(false)) {
            clock.addAndGet(9_500);
            at(progress, 0.95, 9_500);
        }
        assertThat(said()).isEqualTo("Replaying a.csv: 95 %  9,500 events  1,000 events/s\n");
    }

    @Test
    void an_unknown_share_has_neither_bar_nor_time_left() {
        try (Progress progress = progress(false)) {
            clock.addAndGet(6_000);
            at(progress, Double.NaN, 60);
        }
        assertThat(said()).isEqualTo("Replaying a.csv: 60 events  10 events/s\n");
    }

    private Progress progress(boolean terminal) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Progress(out, terminal, clock::get);
    }

    private static void at(Progress progress, double share, long events) {
        progress.at(
                "Replaying a.csv",
                share,
                millis -> Units.count(events) + " events  " + Units.rate(events, millis, "events"));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
