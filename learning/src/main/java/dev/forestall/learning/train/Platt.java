package dev.forestall.learning.train;

/**
 * Calibration of log odds by a straight line (Platt 1999), fitted by Newton's method on the log loss.
 *
 * @param slope above 0
 * @param offset added
 */
record Platt(double slope, double offset) {

    static final Platt NONE = new Platt(1, 0);

    private static final int STEPS = 50;
    private static final int HALVINGS = 40;

    /** The line that fits best; none when it would turn the order round. */
    static Platt fit(double[] logOdds, boolean[] labels) {
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < STEPS; step++) {
            double bySlope = 0;
            double byOffset = 0;
            double slopeSlope = 1e-9;
            double slopeOffset = 0;
            double offsetOffset = 1e-9;
            for (int i = 0; i < logOdds.length; i++) {
                double p = 1 / (1 + Math.exp(-(slope * logOdds[i] + offset)));
                double error = p - (labels[i] ? 1 : 0);
                double weight = p * (1 - p);
                bySlope += error * logOdds[i];
                byOffset += error;
                slopeSlope += weight * logOdds[i] * logOdds[i];
                slopeOffset += weight * logOdds[i];
                offsetOffset += weight;
            }
            double determinant = slopeSlope * offsetOffset - slopeOffset * slopeOffset;
            if (!(Math.abs(determinant) > 1e-12)) {
                break;
            }
            double slopeStep = (offsetOffset * bySlope - slopeOffset * byOffset) / determinant;
            double offsetStep = (slopeSlope * byOffset - slopeOffset * bySlope) / determinant;
            // Far from the best line Newton's step overshoots: it is halved until it leads down.
            double before = loss(slope, offset, logOdds, labels);
            int halvings = 0;
            while (!(loss(slope - slopeStep, offset - offsetStep, logOdds, labels) <= before)
                    && halvings++ < HALVINGS) {
                slopeStep /= 2;
                offsetStep /= 2;
            }
            if (halvings > HALVINGS) {
                break;
            }
            slope -= slopeStep;
            offset -= offsetStep;
            if (Math.abs(slopeStep) + Math.abs(offsetStep) < 1e-10) {
                break;
            }
        }
        return slope > 0 && Double.isFinite(slope) && Double.isFinite(offset) ? new Platt(slope, offset) : NONE;
    }

    private static double loss(double slope, double offset, double[] logOdds, boolean[] labels) {
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            double towards = slope * logOdds[i] + offset;
            towards = labels[i] ? -towards : towards;
            loss += Math.max(0, towards) + Math.log1p(Math.exp(-Math.abs(towards)));
        }
        return loss;
    }

    double of(double logOdds) {
        return slope * logOdds + offset;
    }
}
