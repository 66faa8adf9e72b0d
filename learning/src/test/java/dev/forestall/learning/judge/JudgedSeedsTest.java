package dev.forestall.learning.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Figures against their definitions, by brute force, with ties, probabilities of 0 and 1 and subjects of many moments. */
class JudgedSeedsTest {

    private record Moment(double probability, boolean label, int subject) {}

    @Test
    void figures_are_what_their_definitions_say(TestInfo test) {
        Seeds.each(test, 100, (seed, random) -> {
            List<Moment> moments = moments(random);
            isClose(judged(moments).figures(), byBruteForce(moments));
        });
    }

    /** The draws come from numbers that anybody can repeat: so many subjects, each moment of a subject as often as it was drawn. */
    @Test
    void a_draw_counts_all_moments_of_a_subject_as_often_as_it_was_drawn(TestInfo test) {
        Seeds.each(test, 50, (seed, random) -> {
            List<Moment> moments = moments(random);
            List<Integer> there =
                    moments.stream().map(Moment::subject).distinct().sorted().toList();
            Figures[] drawn = Judged.draws(List.of(judged(moments)), 3, seed)[0];
            SplittableRandom same = new SplittableRandom(seed);
            for (Figures each : drawn) {
                List<Moment> repeated = new ArrayList<>();
                for (int k = 0; k < there.size(); k++) {
                    int subject = there.get(same.nextInt(there.size()));
                    moments.stream().filter(moment -> moment.subject == subject).forEach(repeated::add);
                }
                isClose(each, byBruteForce(repeated));
            }
        });
    }

    @Test
    void differences_of_two_ways_are_surer_than_either_because_both_see_the_same_draws() {
        SplittableRandom random = new SplittableRandom(1);
        List<Moment> good = new ArrayList<>();
        List<Moment> better = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double probability = 0.05 + 0.9 * random.nextDouble();
            boolean label = random.nextDouble() < probability;
            better.add(new Moment(probability, label, i));
            good.add(new Moment(0.5 + 0.7 * (probability - 0.5), label, i));
        }
        Figures[][] draws = Judged.draws(List.of(judged(better), judged(good)), 400, 2);
        Estimate alone = Judged.estimate(
                0, DoubleStream.iterate(0, d -> d + 1).limit(400).map(d -> draws[0][(int) d].logLoss()));
        Estimate difference = Judged.estimate(
                0,
                DoubleStream.iterate(0, d -> d + 1)
                        .limit(400)
                        .map(d -> draws[0][(int) d].logLoss() - draws[1][(int) d].logLoss()));
        assertThat(difference.high() - difference.low()).isLessThan((alone.high() - alone.low()) / 2);
        assertThat(difference.high()).isNegative();
    }

    @Test
    void an_estimate_is_the_middle_of_what_was_drawn_and_what_could_not_be_measured_is_left_out() {
        Estimate estimate = Judged.estimate(
                7,
                DoubleStream.concat(
                        DoubleStream.iterate(0, d -> d + 1).limit(1_001), DoubleStream.of(Double.NaN, Double.NaN)));
        assertThat(estimate).isEqualTo(new Estimate(7, 25, 975));
        assertThat(Judged.estimate(7, DoubleStream.of(Double.NaN)).low()).isNaN();
        assertThat(new Estimate(1, 0.5, 2).isAbove(0.5)).isFalse();
        assertThat(new Estimate(1, 0.6, 2).isAbove(0.5)).isTrue();
    }

    @Test
    void only_the_same_rows_can_be_compared() {
        Judged one = judged(List.of(new Moment(0.5, true, 0)));
        Judged two = judged(List.of(new Moment(0.5, true, 0), new Moment(0.5, true, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Judged.draws(List.of(one, two), 1, 1))
                .withMessage("only the same rows can be compared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Judged(new double[1], new boolean[2], new int[3]))
                .withMessage("rows differ in number: 1, 2, 3");
    }

    private static void isClose(Figures found, Figures expected) {
        if (Double.isNaN(expected.auc())) {
            assertThat(found.auc()).isNaN();
        } else {
            assertThat(found.auc()).isCloseTo(expected.auc(), within(1e-12));
        }
        assertThat(found.logLoss()).isCloseTo(expected.logLoss(), within(1e-9));
        assertThat(found.brier()).isCloseTo(expected.brier(), within(1e-12));
    }

    private static Figures byBruteForce(List<Moment> moments) {
        double wins = 0;
        double pairs = 0;
        double loss = 0;
        double squares = 0;
        for (Moment one : moments) {
            double safe = Math.clamp(one.probability, 1e-12, 1 - 1e-12);
            loss -= Math.log(one.label ? safe : 1 - safe);
            squares += Math.pow((one.label ? 1 : 0) - one.probability, 2);
            for (Moment other : moments) {
                if (one.label && !other.label) {
                    pairs++;
                    wins += one.probability > other.probability ? 1 : one.probability == other.probability ? 0.5 : 0;
                }
            }
        }
        return new Figures(pairs == 0 ? Double.NaN : wins / pairs, loss / moments.size(), squares / moments.size());
    }

    private static List<Moment> moments(SplittableRandom random) {
        int subjects = 1 + random.nextInt(15);
        int levels = 1 + random.nextInt(20);
        List<Moment> moments = new ArrayList<>();
        for (int i = 1 + random.nextInt(80); i > 0; i--) {
            double probability = (double) random.nextInt(levels + 1) / levels;
            moments.add(
                    new Moment(probability, random.nextDouble() < 0.1 + 0.8 * probability, random.nextInt(subjects)));
        }
        return moments;
    }

    private static Judged judged(List<Moment> moments) {
        boolean[] labels = new boolean[moments.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = moments.get(i).label;
        }
        return new Judged(
                moments.stream().mapToDouble(Moment::probability).toArray(),
                labels,
                moments.stream().mapToInt(Moment::subject).toArray());
    }
}
