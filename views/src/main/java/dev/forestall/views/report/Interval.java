package dev.forestall.views.report;

/** Where the true figure lies with 95 % confidence, if the assumptions said beside it hold. */
public record Interval(double low, double high) {

    /** The quantile of the normal distribution behind 95 %, both sides. */
    static final double Z = 1.959963984540054;

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
