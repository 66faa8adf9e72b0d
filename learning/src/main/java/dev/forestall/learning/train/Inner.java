package dev.forestall.learning.train;

import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import java.util.ArrayList;
import java.util.List;

/** How choices are made within the training rows: on later moments where there are enough of them, else on parts of the customers. */
final class Inner {

    private static final double LATER_SHARE = 0.25;
    /** So many customers with the outcome make a later part worth deciding by. */
    private static final int ENOUGH = 150;

    private static final int FOLDS = 3;

    private Inner() {}

    static List<Split> of(Examples examples, int[] training, long horizonMillis, boolean isTimeMeaningful) {
        if (isTimeMeaningful) {
            Split later = Split.byTime(examples, training, LATER_SHARE, horizonMillis);
            if (examples.subjectsWithOutcome(later.test()) >= ENOUGH
                    && examples.subjectsWithOutcome(later.training()) >= ENOUGH) {
                return List.of(later);
            }
        }
        List<Split> folds = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            Split split = Split.fold(examples, training, fold, FOLDS);
            if (hasBoth(examples, split.training()) && hasBoth(examples, split.test())) {
                folds.add(split);
            }
        }
        return folds;
    }

    private static boolean hasBoth(Examples examples, int[] rows) {
        int outcomes = examples.outcomes(rows);
        return outcomes > 0 && outcomes < rows.length;
    }
}
