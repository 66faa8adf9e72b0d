package dev.forestall.learning.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Trained;
import dev.forestall.learning.train.Trainer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tables of which it is known what drives the outcome: what may be used, and what must be refused? */
class EvaluationTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("calls", "calls", "calls, last 7 days"),
            new Column("late", "lateness", "days late"),
            new Column("age", "age", "age in years"));

    private enum Cause {
        TWO_COLUMNS,
        NOTHING,
        TURNS_ROUND
    }

    private static Examples examples(Cause cause, int subjects, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Examples.Builder builder = Examples.of(COLUMNS);
        for (int s = 0; s < subjects; s++) {
            for (int k = 0; k < 4; k++) {
                float calls = random.nextInt(5);
                float late = (float) (3 * random.nextDouble());
                long at = s + 100L * k;
                double direction = cause == Cause.TURNS_ROUND && at >= 300 ? -1 : 1;
                double logOdds =
                        cause == Cause.NOTHING ? -1 : -1 + direction * (1.2 * (calls - 2) + 1.5 * (late - 1.5));
                boolean label = random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
                builder.add("s-" + s, at, new float[] {calls, late, 20 + random.nextInt(50)}, label, "");
            }
        }
        return builder.ready();
    }

    private static ModelCard card(Cause cause, int subjects, long seed) {
        Examples examples = examples(cause, subjects, seed);
        Split split = Split.byTime(examples, examples.all(), .25, 10);
        Trainer trainer = new Trainer(examples, 10, true, seed);
        Trained trained = trainer.train(split.training(), (what, share) -> {});
        return new Evaluation(examples, split, trained, trainer, seed)
                .card("leaves", List.of("who leaves"), 0, (what, share) -> {});
    }

    @Test
    void what_drives_the_outcome_is_found_named_and_may_be_used() {
        ModelCard card = card(Cause.TWO_COLUMNS, 300, 1);

        assertThat(card.verdict().usable()).isTrue();
        assertThat(card.contenders().getFirst().auc().value()).isGreaterThan(.85);
        assertThat(CardText.of(card)).contains("Good enough to be used").contains("calls, last 7 days");
    }

    @Test
    void where_nothing_drives_the_outcome_what_was_learned_is_refused() {
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(card(Cause.NOTHING, 250, seed).verdict().usable())
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void what_has_turned_round_since_is_refused_and_said_so() {
        ModelCard card = card(Cause.TURNS_ROUND, 250, 1);

        assertThat(card.verdict().usable()).isFalse();
        assertThat(card.verdict().reasons()).anyMatch(reason -> reason.contains("wrong way round"));
    }

    @Test
    void too_few_outcomes_are_refused_with_their_number() {
        ModelCard card = card(Cause.TWO_COLUMNS, 20, 1);

        assertThat(card.verdict().usable()).isFalse();
        assertThat(card.verdict().reasons()).anyMatch(reason -> reason.startsWith("too few outcomes to learn from: "));
    }

    @Test
    void first_moments_are_told_apart_from_later_ones() {
        Examples examples = examples(Cause.TWO_COLUMNS, 100, 1);
        Judgeable calls = new Judgeable() {
            @Override
            public int[] columns() {
                return new int[] {0};
            }

            @Override
            public double probability(float[] row) {
                return 0.1 + row[0] / 10;
            }

            @Override
            public void explain(float[] row, double[] into) {
                into[0] = row[0];
            }
        };
        ModelCard card = new Evaluation(examples, new Split(examples.all(), examples.all(), 0), calls, 1)
                .card("leaves", List.of("who leaves"), 0, (what, share) -> {});

        assertThat(card.byPlace()).extracting(ModelCard.Slice::name).containsExactly("0", "1 to 4");
        assertThat(card.byPlace()).extracting(ModelCard.Slice::moments).containsExactly(100, 300);
        assertThat(card.stability()).isNaN();
        assertThat(CardText.of(card)).contains("made elsewhere").doesNotContain("tried within");
    }
}
