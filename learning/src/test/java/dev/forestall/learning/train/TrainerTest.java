package dev.forestall.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tables of which it is known what drives the outcome. */
class TrainerTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("calls", "calls", "calls, last 7 days"),
            new Column("late", "lateness", "days late"),
            new Column("age", "age", "age in years"),
            new Column("fixed", "fixed", "always the same"));

    private static Examples table(int subjects) {
        SplittableRandom random = new SplittableRandom(1);
        Examples.Builder builder = Examples.of(COLUMNS);
        for (int s = 0; s < subjects; s++) {
            for (int k = 0; k < 4; k++) {
                float calls = random.nextInt(5);
                float late = (float) (3 * random.nextDouble());
                double logOdds = -1 + 1.2 * (calls - 2) + 1.5 * (late - 1.5);
                boolean label = random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
                builder.add("s-" + s, s + 100L * k, new float[] {calls, late, 20 + random.nextInt(50), 7}, label, "");
            }
        }
        return builder.ready();
    }

    @Test
    void the_same_table_and_seed_give_the_same_model_to_the_last_bit() {
        Examples examples = table(150);
        Trained first = new Trainer(examples, 10, true, 7).train(examples.all(), (what, share) -> {});
        Trained second = new Trainer(examples, 10, true, 7).train(examples.all(), (what, share) -> {});

        assertThat(second.columns()).containsExactly(first.columns());
        assertThat(logOdds(second, examples)).containsExactly(logOdds(first, examples));
        assertThat(second.tried()).isEqualTo(first.tried());
    }

    @Test
    void the_model_does_not_look_at_a_column_that_is_always_the_same() {
        Examples examples = table(150);
        Trained trained = new Trainer(examples, 10, true, 7).train(examples.all(), (what, share) -> {});

        assertThat(Arrays.stream(trained.columns()).boxed()).contains(0, 1).doesNotContain(3);
    }

    @Test
    void rows_that_are_not_for_training_are_never_looked_at() {
        Examples examples = table(150);
        Split split = Split.fold(examples, examples.all(), 0, 5);
        Examples.Builder poisoned = Examples.of(COLUMNS);
        boolean[] isTest = new boolean[examples.size()];
        for (int row : split.test()) {
            isTest[row] = true;
        }
        for (int row : examples.all()) {
            float[] values = isTest[row] ? new float[] {1e6f, -1e6f, 0, row} : examples.row(row);
            boolean label = examples.label(row) != isTest[row];
            poisoned.add(examples.subjectName(examples.subject(row)), examples.atMillis(row), values, label, "");
        }

        Trained clean = new Trainer(examples, 10, true, 7).train(split.training(), (what, share) -> {});
        Trained other = new Trainer(poisoned.ready(), 10, true, 7).train(split.training(), (what, share) -> {});

        assertThat(logOdds(other, examples)).containsExactly(logOdds(clean, examples));
    }

    @Test
    void progress_never_goes_back() {
        Examples examples = table(100);
        List<Double> shares = new ArrayList<>();

        new Trainer(examples, 10, true, 7).train(examples.all(), (what, share) -> shares.add(share));

        assertThat(shares)
                .isSorted()
                .allMatch(share -> share >= 0 && share <= 1)
                .hasSizeGreaterThan(5);
    }

    private static double[] logOdds(Trained trained, Examples examples) {
        float[] row = new float[trained.columns().length];
        return Arrays.stream(examples.all())
                .mapToDouble(each -> {
                    Trainer.pick(examples.row(each), trained.columns(), row);
                    return trained.scorer().logOdds(row);
                })
                .toArray();
    }
}
