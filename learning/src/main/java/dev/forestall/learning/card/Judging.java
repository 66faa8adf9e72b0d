package dev.forestall.learning.card;

import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.train.Trainer;
import dev.forestall.loop.risk.Scorer;
import java.util.function.ToDoubleFunction;

/** Puts what a model says of some rows beside what came of them. */
final class Judging {

    private Judging() {}

    /** Anything that gives a row of the whole table a probability. */
    @FunctionalInterface
    interface OfRow {
        double probability(float[] row);
    }

    /** @param columns of the table that the scorer looks at, in its order */
    static Judged of(Examples examples, int[] rows, int[] columns, Scorer scorer) {
        return of(examples, rows, columns, scorer::probability);
    }

    /** @param columns of the table that the model looks at, in its order */
    static Judged of(Examples examples, int[] rows, int[] columns, ToDoubleFunction<float[]> probability) {
        float[] picked = new float[columns.length];
        return of(examples, rows, row -> {
            Trainer.pick(row, columns, picked);
            return probability.applyAsDouble(picked);
        });
    }

    static Judged of(Examples examples, int[] rows, OfRow model) {
        double[] probabilities = new double[rows.length];
        boolean[] labels = new boolean[rows.length];
        int[] subjects = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            probabilities[i] = model.probability(examples.row(rows[i]));
            labels[i] = examples.label(rows[i]);
            subjects[i] = examples.subject(rows[i]);
        }
        return new Judged(probabilities, labels, subjects);
    }
}
