package dev.forestall.loop.risk;

/**
 * From a row of features to a calibrated probability. Log odds are {@code slope * (forestShare * forest + linearShare * linear) +
 * offset}: a blend in log odds, so that every feature's part in it can be told exactly, and Platt's calibration on top. Immutable.
 *
 * @param forest trees
 * @param forestShare how much they count; 0 for not at all
 * @param linear a weighted sum
 * @param linearShare how much it counts; 0 for not at all
 * @param slope of the calibration, above 0: it never turns the order round
 * @param offset of the calibration
 */
public record Scorer(
        Forest forest, double forestShare, Linear linear, double linearShare, double slope, double offset) {

    public Scorer {
        boolean isSound = slope > 0
                && Double.isFinite(slope)
                && Double.isFinite(offset)
                && Double.isFinite(forestShare)
                && Double.isFinite(linearShare);
        if (!isSound) {
            throw new IllegalArgumentException("a scorer with slope " + slope + ", offset " + offset + ", shares "
                    + forestShare + " and " + linearShare + " is impossible");
        }
    }

    public double logOdds(float[] row) {
        double sum = 0;
        if (forestShare != 0) {
            sum += forestShare * forest.margin(row);
        }
        if (linearShare != 0) {
            sum += linearShare * linear.value(row);
        }
        return slope * sum + offset;
    }

    /** How likely the outcome is, 0 to 1. */
    public double probability(float[] row) {
        return probability(logOdds(row));
    }

    /** The logistic function. */
    public static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }
}
