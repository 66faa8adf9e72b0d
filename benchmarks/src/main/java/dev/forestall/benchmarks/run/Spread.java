package dev.forestall.benchmarks.run;

import java.util.Collection;
import java.util.Locale;

/** Several measurements of one thing: the middle one, and how far they lie apart. */
record Spread(double median, double min, double max) {

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs at least one value");
        }
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** For example {@code 1,234 (1,200..1,300)}. */
    String format(int decimals) {
        return number(median, decimals)
                + (min == max ? "" : " (" + number(min, decimals) + ".." + number(max, decimals) + ")");
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
