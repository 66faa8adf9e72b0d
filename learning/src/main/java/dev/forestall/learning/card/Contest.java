package dev.forestall.learning.card;

import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.judge.Figures;
import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Fitted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A challenger against the champion, on moments that neither has learned from.
 *
 * @param lines what was measured, for people
 * @param isWon whether the challenger may take the champion's place
 * @param why in words, when it may not
 */
public record Contest(List<String> lines, boolean isWon, String why) {

    private static final int MIN_SUBJECTS = 30;
    private static final int DRAWS = 400;
    /** A challenger that is no worse than this, in log loss, is as good: it knows a later time. */
    private static final double NO_WORSE = 0.002;

    public Contest {
        lines = List.copyOf(lines);
    }

    /**
     * Judges both.
     *
     * @param examples with all that either looks at
     * @param afterMillis only later moments count
     * @param answers how a model answers a row of what it looks at
     */
    public static Contest of(
            Examples examples,
            Fitted challenger,
            Fitted champion,
            long afterMillis,
            Function<Fitted, ToDoubleFunction<float[]>> answers) {
        int[] rows = Arrays.stream(examples.all())
                .filter(row -> examples.atMillis(row) > afterMillis)
                .toArray();
        int with = examples.subjectsWithOutcome(rows);
        if (with < MIN_SUBJECTS) {
            return new Contest(
                    List.of(),
                    false,
                    "there is too little fresh history: " + with
                            + " customers with the outcome in moments that neither model" + " knows, and at least "
                            + MIN_SUBJECTS + " are needed");
        }
        List<Judged> both = List.of(
                judged(examples, rows, challenger, answers.apply(challenger)),
                judged(examples, rows, champion, answers.apply(champion)));
        Figures[][] draws = Judged.draws(both, DRAWS, 1);
        Figures ours = both.get(0).figures();
        Figures theirs = both.get(1).figures();
        Estimate difference = Judged.estimate(
                ours.logLoss() - theirs.logLoss(),
                java.util.stream.IntStream.range(0, DRAWS)
                        .mapToDouble(d -> draws[0][d].logLoss() - draws[1][d].logLoss()));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%,d fresh moments, %,d customers with the outcome", rows.length, with));
        lines.add(String.format(
                Locale.ROOT, "challenger %s: AUC %.4f, log loss %.4f", challenger.model(), ours.auc(), ours.logLoss()));
        lines.add(String.format(
                Locale.ROOT,
                "champion   %s: AUC %.4f, log loss %.4f",
                champion.model(),
                theirs.auc(),
                theirs.logLoss()));
        lines.add(String.format(
                Locale.ROOT,
                "difference of the log loss %+.4f [%+.4f, %+.4f]; below 0 is better",
                difference.value(),
                difference.low(),
                difference.high()));
        return difference.high() <= NO_WORSE
                ? new Contest(lines, true, "")
                : new Contest(lines, false, "on fresh history it is not surely as good as the champion");
    }

    /**
     * What a model says of some rows, beside what came of them.
     *
     * @param columns of the table that the model looks at, in its order
     */
    public static Judged judged(Examples examples, int[] rows, int[] columns, ToDoubleFunction<float[]> probability) {
        return Judging.of(examples, rows, columns, probability);
    }

    private static Judged judged(Examples examples, int[] rows, Fitted model, ToDoubleFunction<float[]> probability) {
        List<String> keys = examples.columns().stream().map(Column::key).toList();
        int[] columns = model.inputs().stream()
                .mapToInt(input -> keys.indexOf(input.key()))
                .toArray();
        return Judging.of(examples, rows, columns, probability);
    }
}
