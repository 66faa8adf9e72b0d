package dev.forestall.loop.risk;

/**
 * A weighted sum of standardised features: from a row to log odds. Immutable.
 *
 * <p>A missing value counts as its mean; values further than {@link #LIMIT} deviations from it count as so far.
 *
 * @param intercept of somebody who is average in everything
 * @param weights by feature
 * @param means by feature
 * @param scales by feature: the standard deviation, above 0
 */
public record Linear(double intercept, double[] weights, double[] means, double[] scales) {

    /** So many standard deviations count at most. */
    public static final double LIMIT = 10;

    public Linear {
        if (weights.length != means.length || weights.length != scales.length) {
            throw new IllegalArgumentException("weights, means and scales differ in length: " + weights.length + ", "
                    + means.length + ", " + scales.length);
        }
        if (!Double.isFinite(intercept)) {
            throw new IllegalArgumentException("a weighted sum cannot start from " + intercept);
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(scales[i] > 0)
                    || !Double.isFinite(scales[i])
                    || !Double.isFinite(weights[i])
                    || !Double.isFinite(means[i])) {
                throw new IllegalArgumentException(
                        "feature " + i + " has weight " + weights[i] + ", mean " + means[i] + ", scale " + scales[i]);
            }
        }
    }

    /** The log odds of a row, without calibration. */
    public double value(float[] row) {
        double sum = intercept;
        for (int i = 0; i < weights.length; i++) {
            sum += part(row, i);
        }
        return sum;
    }

    /** What one feature adds. */
    public double part(float[] row, int i) {
        float x = row[i];
        if (Float.isNaN(x)) {
            return 0;
        }
        double deviations = (x - means[i]) / scales[i];
        return weights[i] * Math.max(-LIMIT, Math.min(LIMIT, deviations));
    }
}
