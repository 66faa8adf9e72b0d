package dev.forestall.learning.train;

import dev.forestall.loop.risk.Scorer;
import java.util.List;

/**
 * What came of training.
 *
 * @param columns of the table that the model looks at, in its order
 * @param scorer the model that is to be used
 * @param considered columns that were considered; what follows looks at these
 * @param boosted trees alone, as they were fitted
 * @param logistic a weighted sum alone, as it was fitted
 * @param settings how the trees were grown
 * @param rounds how many trees
 * @param cost how much a row counts against the penalty of the weighted sum
 * @param tried what was tried, with its log loss on validation
 */
public record Trained(
        int[] columns,
        Scorer scorer,
        int[] considered,
        Scorer boosted,
        Scorer logistic,
        Settings settings,
        int rounds,
        double cost,
        List<Attempt> tried) {

    /**
     * Something that was tried.
     *
     * @param what in words
     * @param logLoss on validation
     */
    public record Attempt(String what, double logLoss) {}

    public Trained {
        tried = List.copyOf(tried);
    }
}
