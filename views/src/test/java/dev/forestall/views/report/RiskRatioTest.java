package dev.forestall.views.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.views.report.Report.Endings;
import dev.forestall.views.report.RiskRatio.Had;
import dev.forestall.views.report.RiskRatio.Passed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskRatioTest {

    @Test
    void in_one_step_it_is_the_ratio_of_two_shares_with_the_usual_interval() {
        // 30 of 100 after the signal, 20 of 200 without: Katz's interval of the logarithm.
        RiskRatio ratio = RiskRatio.of(
                List.of(new Passed(1, new Endings(250, 50, 77))), List.of(new Had(1, 0, new Endings(70, 30, 11))));
        assertThat(ratio.runs()).isEqualTo(100);
        assertThat(ratio.bad()).isEqualTo(30);
        assertThat(ratio.otherRuns()).isEqualTo(200);
        assertThat(ratio.otherBad()).isEqualTo(20);
        assertThat(ratio.value()).isCloseTo(3.0, within(1e-12));
        double half = 1.959963984540054 * Math.sqrt(1 / 30.0 - 1 / 100.0 + 1 / 20.0 - 1 / 200.0);
        assertThat(ratio.interval().orElseThrow().low()).isCloseTo(3 * Math.exp(-half), within(1e-9));
        assertThat(ratio.interval().orElseThrow().high()).isCloseTo(3 * Math.exp(half), within(1e-9));
    }

    @Test
    void a_signal_that_is_only_possible_late_is_not_compared_with_runs_that_never_came_there() {
        // 1000 runs fail at once (step 0 only); in step 1 the signal changes nothing: 40 % with it and without it.
        RiskRatio ratio = RiskRatio.of(
                List.of(new Passed(0b01, new Endings(0, 1000, 0)), new Passed(0b11, new Endings(120, 80, 0))),
                List.of(new Had(0b11, 1, new Endings(60, 40, 0))));
        assertThat(ratio.value()).isCloseTo(1.0, within(1e-12));
        assertThat(ratio.otherRuns()).isEqualTo(100);
    }

    @Test
    void steps_weigh_as_much_as_runs_with_the_signal_were_in_them() {
        // Step 0: 10 with; 50 % of the others bad. Step 1: 30 with; 10 % of the others bad. Expected: 0.25 * 0.5 + 0.75
        // * 0.1.
        RiskRatio ratio = RiskRatio.of(
                List.of(
                        new Passed(0b01, new Endings(50 + 4, 50 + 6, 0)),
                        new Passed(0b10, new Endings(90 + 20, 10 + 10, 0))),
                List.of(new Had(0b01, 0, new Endings(4, 6, 0)), new Had(0b10, 1, new Endings(20, 10, 0))));
        assertThat(ratio.expected()).isCloseTo(0.2, within(1e-12));
        assertThat(ratio.share()).isCloseTo(0.4, within(1e-12));
        assertThat(ratio.value()).isCloseTo(2.0, within(1e-12));
    }

    @Test
    void runs_for_which_there_is_no_other_are_left_out_and_counted() {
        RiskRatio ratio = RiskRatio.of(
                List.of(new Passed(0b01, new Endings(5, 5, 0)), new Passed(0b10, new Endings(3, 4, 0))),
                List.of(new Had(0b10, 1, new Endings(3, 4, 0))));
        assertThat(ratio.runs()).isZero();
        assertThat(ratio.unmatched()).isEqualTo(7);
        assertThat(ratio.value()).isNaN();
        assertThat(ratio.interval()).isEmpty();
    }

    @Test
    void without_a_bad_end_on_one_side_there_is_no_interval() {
        RiskRatio never = RiskRatio.of(
                List.of(new Passed(1, new Endings(20, 10, 0))), List.of(new Had(1, 0, new Endings(10, 0, 0))));
        assertThat(never.value()).isZero();
        assertThat(never.interval()).isEmpty();
        RiskRatio only = RiskRatio.of(
                List.of(new Passed(1, new Endings(20, 10, 0))), List.of(new Had(1, 0, new Endings(0, 10, 0))));
        assertThat(only.value()).isInfinite();
        assertThat(only.interval()).isEmpty();
    }

    @Test
    void the_interval_covers_the_truth_about_nineteen_times_in_twenty_though_runs_count_in_several_steps() {
        Random random = new Random(11);
        int covers = 0;
        int rounds = 1_000;
        for (int round = 0; round < rounds; round++) {
            List<Passed> all = new ArrayList<>();
            List<Had> had = new ArrayList<>();
            for (int run = 0; run < 600; run++) {
                draw(random, all, had);
            }
            // Everybody passes both steps and the signal doubles 20 %.
            covers += RiskRatio.of(all, had).interval().orElseThrow().contains(2.0) ? 1 : 0;
        }
        assertThat(covers / (double) rounds).isBetween(0.93, 0.97);
    }

    private static void draw(Random random, List<Passed> all, List<Had> had) {
        boolean signal = random.nextInt(4) == 0;
        boolean bad = random.nextDouble() < (signal ? 0.4 : 0.2);
        Endings ended = new Endings(bad ? 0 : 1, bad ? 1 : 0, 0);
        all.add(new Passed(0b11, ended));
        if (signal) {
            had.add(new Had(0b11, random.nextInt(2), ended));
        }
    }
}
