package dev.forestall.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Trained.Attempt;
import dev.forestall.loop.risk.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A table in which half of what drives the outcome is a weighted sum of six columns, and half is whether two others lie in their
 * middle: the one is hard for trees, the other impossible for a sum.
 */
class BlendTest {

    private static final int SUMMED = 6;
    private static final int NOISE = 2;
    private static final List<Column> COLUMNS = IntStream.range(0, SUMMED + 2 + NOISE)
            .mapToObj(i -> new Column("c" + i, "group " + i, "column " + i))
            .toList();

    private static Examples examples;
    private static Split split;
    private static Trained trained;

    @BeforeAll
    static void trains_once() {
        SplittableRandom random = new SplittableRandom(3);
        Examples.Builder builder = Examples.of(COLUMNS);
        for (int i = 0; i < 900; i++) {
            float[] row = new float[COLUMNS.size()];
            double logOdds = -0.5;
            for (int c = 0; c < row.length; c++) {
                row[c] = c < SUMMED && random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
                logOdds += c < SUMMED && !Float.isNaN(row[c]) ? row[c] : 0;
            }
            for (int c = SUMMED; c < SUMMED + 2; c++) {
                logOdds += Math.abs(row[c]) < 0.7 ? 1.5 : -1.5;
            }
            builder.add("s-" + i, i, row, random.nextDouble() < Scorer.probability(logOdds), "");
        }
        examples = builder.ready();
        split = Split.fold(examples, examples.all(), 0, 4);
        trained = new Trainer(examples, 0, false, 5).train(split.training(), Progress.SILENT);
    }

    @Test
    void where_each_knows_one_half_the_blend_of_trees_and_sum_wins() {
        assertThat(trained.scorer().forestShare()).isBetween(0.1, 0.9);
        assertThat(trained.scorer().linearShare())
                .isCloseTo(1 - trained.scorer().forestShare(), within(1e-12));
        double blend = logLoss(trained.columns(), trained.scorer());
        assertThat(blend)
                .isLessThan(logLoss(trained.considered(), trained.boosted()))
                .isLessThan(logLoss(trained.considered(), trained.logistic()));
    }

    @Test
    void the_blend_is_better_on_validation_than_trees_or_sum_alone() {
        double best = trained.tried().stream()
                .filter(each ->
                        each.what().startsWith("trees of") || each.what().startsWith("weighted sum"))
                .mapToDouble(Attempt::logLoss)
                .min()
                .orElseThrow();
        double blend = trained.tried().stream()
                .filter(each -> each.what().startsWith("blend"))
                .mapToDouble(Attempt::logLoss)
                .sum();
        assertThat(blend).isLessThan(best);
        assertThat(trained.tried().getLast().logLoss()).isLessThanOrEqualTo(blend + 1e-9);
    }

    @Test
    void of_a_history_too_builderto_tell_the_shares_are_nearly_equal() {
        Examples.Builder builder = Examples.of(COLUMNS);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 150; i++) {
            float[] row = new float[COLUMNS.size()];
            for (int c = 0; c < row.length; c++) {
                row[c] = (float) random.nextGaussian();
            }
            builder.add("s-" + i, i, row, random.nextDouble() < Scorer.probability(0.5 * row[0] + 0.5 * row[6]), "");
        }
        Examples few = builder.ready();
        Trained model = new Trainer(few, 0, false, 5).train(few.all(), Progress.SILENT);

        assertThat(model.scorer().forestShare()).isBetween(0.3, 0.7);
    }

    @Test
    void where_a_sum_is_all_there_is_the_trees_have_no_equal_share() {
        Examples.Builder builder = Examples.of(COLUMNS);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 3_000; i++) {
            float[] row = new float[COLUMNS.size()];
            double logOdds = 0;
            for (int c = 0; c < row.length; c++) {
                row[c] = (float) random.nextGaussian();
                logOdds += row[c];
            }
            builder.add("s-" + i, i, row, random.nextDouble() < Scorer.probability(logOdds), "");
        }
        Examples many = builder.ready();
        Trained model = new Trainer(many, 0, false, 5).train(many.all(), Progress.SILENT);

        assertThat(model.scorer().forestShare()).isLessThan(0.5);
    }

    @Test
    void fitted_anew_on_the_same_rows_with_all_choices_made_it_is_the_same_model() {
        Trained anew = new Trainer(examples, 0, false, 5).anew(split.training(), trained);

        assertThat(anew.columns()).containsExactly(trained.columns());
        float[] picked = new float[trained.columns().length];
        for (int row : split.test()) {
            Trainer.pick(examples.row(row), trained.columns(), picked);
            assertThat(anew.scorer().logOdds(picked)).isEqualTo(trained.scorer().logOdds(picked));
        }
    }

    @Test
    void with_only_the_columns_it_looks_at_the_model_says_the_same_as_with_all() {
        Scorer scorer = trained.scorer();
        float[] few = new float[trained.columns().length];
        float[] all = new float[trained.considered().length];
        for (int row : examples.all()) {
            Trainer.pick(examples.row(row), trained.columns(), few);
            Trainer.pick(examples.row(row), trained.considered(), all);
            double blend = scorer.forestShare() * trained.boosted().logOdds(all)
                    + scorer.linearShare() * trained.logistic().logOdds(all);
            assertThat(scorer.logOdds(few)).isCloseTo(scorer.slope() * blend + scorer.offset(), within(1e-9));
        }
    }

    @Test
    void the_columns_are_some_of_the_table_in_its_order_and_all_that_drive_the_outcome_are_among_them() {
        assertThat(trained.columns()).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(trained.columns()).boxed())
                .containsAll(IntStream.range(0, SUMMED + 2).boxed().toList());
        assertThat(trained.scorer().forest().lastFeature()).isLessThan(trained.columns().length);
        assertThat(trained.scorer().linear().weights()).hasSameSizeAs(trained.columns());
    }

    @Test
    void what_was_planted_is_found() {
        assertThat(judged(trained.columns(), trained.scorer()).figures().auc()).isGreaterThan(0.82);
    }

    @Test
    void one_kind_of_outcome_alone_cannot_be_learned_from() {
        int[] without = Arrays.stream(examples.all())
                .filter(row -> !examples.label(row))
                .toArray();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(examples, 0, false, 5).train(without, Progress.SILENT))
                .withMessageContaining("customers with and without the outcome");
    }

    private static double logLoss(int[] columns, Scorer scorer) {
        return judged(columns, scorer).figures().logLoss();
    }

    private static Judged judged(int[] columns, Scorer scorer) {
        int[] rows = split.test();
        double[] probabilities = new double[rows.length];
        boolean[] labels = new boolean[rows.length];
        float[] picked = new float[columns.length];
        for (int i = 0; i < rows.length; i++) {
            Trainer.pick(examples.row(rows[i]), columns, picked);
            probabilities[i] = scorer.probability(picked);
            labels[i] = examples.label(rows[i]);
        }
        return new Judged(probabilities, labels, IntStream.range(0, rows.length).toArray());
    }
}
