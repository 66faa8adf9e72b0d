package dev.forestall.learning.judge;

/**
 * A figure and the interval in which it lies with 95 % confidence.
 *
 * @param value as measured
 * @param low the lower end
 * @param high the upper end
 */
public record Estimate(double value, double low, double high) {

    /** Whether all of the interval lies above a value. */
    public boolean isAbove(double limit) {
        return low > limit;
    }
}
