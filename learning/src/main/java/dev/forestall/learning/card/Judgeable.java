package dev.forestall.learning.card;

import dev.forestall.loop.reason.Contributions;
import dev.forestall.loop.risk.Scorer;

/** A model as far as it is judged. */
public interface Judgeable {

    /** Which columns of a table it looks at, in its order. */
    int[] columns();

    /** How likely the outcome is, of a row of what it looks at. */
    double probability(float[] row);

    /**
     * Why.
     *
     * @param into by feature: by how much it moves the log odds
     */
    void explain(float[] row, double[] into);

    /** A model that was learned here. */
    static Judgeable of(int[] columns, Scorer scorer) {
        Contributions contributions = new Contributions(scorer);
        return new Judgeable() {
            @Override
            public int[] columns() {
                return columns;
            }

            @Override
            public double probability(float[] row) {
                return scorer.probability(row);
            }

            @Override
            public void explain(float[] row, double[] into) {
                contributions.explain(row, into);
            }
        };
    }
}
