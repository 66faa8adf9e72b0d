package dev.forestall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.pattern.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aligns_names_left_and_figures_right() {
        var table = new Table("engine", "k events/s");
        table.add("hand-written", "5,489");
        table.add("x", "12");

        assertThat(table.aligned()).isEqualTo("""
                        engine        k events/s
                        hand-written       5,489
                        x                     12""");
        assertThat(table.markdown()).isEqualTo("""
                        | engine | k events/s |
                        |---|---:|
                        | hand-written | 5,489 |
                        | x | 12 |
                        """);
    }

    @Test
    void a_spread_shows_the_middle_and_the_ends() {
        assertThat(Spread.of(List.of(3.0, 1.0, 1_000.0)).format(0)).isEqualTo("3 (1..1,000)");
        assertThat(Spread.of(List.of(1.0, 2.0)).format(1)).isEqualTo("1.5 (1.0..2.0)");
        assertThat(Spread.of(List.of(7.0)).format(0)).isEqualTo("7");
    }

    @Test
    void a_finding_is_read_back_as_it_was_told() {
        var tally = new Tally();
        tally.match(Pattern.RETRY, "ann", 17, 0);
        for (var finding : List.of(
                new Finding.Pass(1, 2, tally),
                new Finding.PeakMemory(3),
                new Finding.Held(4),
                new Finding.Stored(10, 11),
                new Finding.Latency(5, 6, 7, 8, 9))) {
            assertThat(Finding.parse(finding.line())).isEqualTo(finding);
        }
    }
}
