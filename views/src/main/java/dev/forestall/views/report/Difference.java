package dev.forestall.views.report;

import java.util.Optional;

/**
 * The share of good outcomes in treatment minus that in control.
 *
 * <p>The interval is Newcombe's hybrid of two Wilson score intervals (Statistics in Medicine 17, 1998, method 10): it stays inside
 * -1..1 and holds for small groups and shares near 0 and 1. It takes subjects to be independent of each other, which is why each counts
 * once.
 *
 * @param treated how many subjects were treated
 * @param treatedGood of those, how many ended well
 * @param heldOut how many are in control
 * @param heldOutGood of those, how many ended well
 */
public record Difference(long treatment, long treatmentSuccesses, long control, long controlSuccesses) {

    public double value() {
        return share(treatmentSuccesses, treatment) - share(controlSuccesses, control);
    }

    /** Empty when one of the groups is. */
    public Optional<Interval> interval() {
        if (treatment == 0 || control == 0) {
            return Optional.empty();
        }
        Interval first = wilson(treatmentSuccesses, treatment);
        Interval second = wilson(controlSuccesses, control);
        double p = share(treatmentSuccesses, treatment);
        double q = share(controlSuccesses, control);
        double below = Math.hypot(p - first.low(), second.high() - q);
        double above = Math.hypot(first.high() - p, q - second.low());
        return Optional.of(new Interval(value() - below, value() + above));
    }

    private static double share(long good, long all) {
        return all == 0 ? Double.NaN : (double) good / all;
    }

    /** Wilson's score interval of a share (JASA 22, 1927). */
    static Interval wilson(long hits, long tried) {
        double z = Interval.Z;
        double p = (double) hits / tried;
        double middle = p + z * z / (2 * tried);
        double half = z * Math.sqrt(p * (1 - p) / tried + z * z / (4.0 * tried * tried));
        double scale = 1 + z * z / tried;
        return new Interval(Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale));
    }
}
