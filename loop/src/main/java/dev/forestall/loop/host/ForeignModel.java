package dev.forestall.loop.host;

/**
 * A model that was not learned here and that the loop cannot compute: it is asked outside, and its answers come back as inputs. The
 * same rows have the same answers. May be asked by one thread at a time.
 */
public interface ForeignModel extends AutoCloseable {

    /**
     * How likely the outcome is, for each of some rows.
     *
     * @param rows by row the features that the model is bound to, in the order of its inputs; NaN where one is absent
     * @return by row a probability, 0 to 1
     * @throws IllegalStateException when the model fails, or answers with what is no probability; says what it answered
     */
    double[] probabilities(float[][] rows);

    @Override
    void close();
}
