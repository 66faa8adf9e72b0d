package dev.forestall.loop.host;

/**
 * A model that was not learned here and that the loop cannot compute: it is asked outside, and its answers come back as inputs. The
 * same rows have the same answers. May be asked by one thread at a time.
 */
public interface ExternalModel extends AutoCloseable {

    /**
     * How likely the outcome is, for each of some rows.
     *
     * @param rows by row the features that the model is bound to, in the order of its inputs; NaN where one is absent
     * @return by row a probability, 0 to 1
     * @throws IllegalStateException when the model fails, or answers with what is no probability; says what it answered
     */
    double[] probabilities(float[][] rows);

    /**
     * The log odds of some rows. So near to 0 or 1 no probability is taken for certain that they would not be finite.
     *
     * @throws IllegalStateException as {@link #probabilities}
     */
    default double[] logOdds(float[][] rows) {
        double[] odds = probabilities(rows);
        for (int i = 0; i < odds.length; i++) {
            double inside = Math.max(CERTAIN, Math.min(1 - CERTAIN, odds[i]));
            odds[i] = StrictMath.log(inside / (1 - inside));
        }
        return odds;
    }

    /** Nearer to 0 or 1 than this is taken for this. */
    double CERTAIN = 1e-9;

    @Override
    void close();
}
