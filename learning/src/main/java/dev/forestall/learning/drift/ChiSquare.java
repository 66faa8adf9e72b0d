package dev.forestall.learning.drift;

/** The chi-square test, and the law behind it. */
final class ChiSquare {

    private static final int MAX_TERMS = 10_000;
    private static final double PRECISION = 1e-15;

    private ChiSquare() {}

    /**
     * How likely two samples differ at least as much as these do, when both are of one kind.
     *
     * @param one by bin
     * @param other by bin, as many
     * @param minExpected bins are laid together with the next one until so many are expected in each sample
     * @return 1 when there is nothing to compare
     */
    static double twoSamples(int[] one, int[] other, double minExpected) {
        double all = 0;
        double allOfOne = 0;
        for (int bin = 0; bin < one.length; bin++) {
            all += one[bin] + other[bin];
            allOfOne += one[bin];
        }
        double least = Math.min(allOfOne, all - allOfOne) / all;
        double statistic = 0;
        int bins = 0;
        double openOne = 0;
        double openOther = 0;
        double left = all;
        for (int bin = 0; bin < one.length; bin++) {
            openOne += one[bin];
            openOther += other[bin];
            double open = openOne + openOther;
            boolean isEnough = open * least >= minExpected && (left - open) * least >= minExpected;
            if (isEnough || bin + 1 == one.length) {
                if (open > 0) {
                    statistic += part(openOne, open * allOfOne / all) + part(openOther, open * (1 - allOfOne / all));
                    bins++;
                }
                left -= open;
                openOne = 0;
                openOther = 0;
            }
        }
        return bins < 2 ? 1 : upperTail(statistic, bins - 1);
    }

    private static double part(double seen, double expected) {
        return (seen - expected) * (seen - expected) / expected;
    }

    /** The probability that chi-square of some degrees of freedom is at least so large: Q(k/2, x/2), the regularised incomplete gamma function. */
    static double upperTail(double x, int degrees) {
        double a = degrees / 2.0;
        double half = x / 2;
        if (half <= 0) {
            return 1;
        }
        return half < a + 1 ? 1 - series(a, half) : fraction(a, half);
    }

    /** P(a, x) by its series. */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
    }

    /** Q(a, x) by its continued fraction, after Lentz. */
    private static double fraction(double a, double x) {
        double tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / tiny;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < MAX_TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.abs(d) < tiny ? tiny : d);
            c = b + an / c;
            c = Math.abs(c) < tiny ? tiny : c;
            double step = d * c;
            h *= step;
            if (Math.abs(step - 1) < PRECISION) {
                break;
            }
        }
        return h * Math.exp(-x + a * Math.log(x) - logGamma(a));
    }

    /** Of a half or whole number: by recursion from gamma(1) = 1 and gamma(1/2) = the root of pi. */
    private static double logGamma(double a) {
        double log = 0;
        double at = a;
        while (at > 1) {
            at -= 1;
            log += Math.log(at);
        }
        return at == 1 ? log : log + 0.5 * Math.log(Math.PI);
    }
}
