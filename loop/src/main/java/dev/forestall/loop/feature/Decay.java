package dev.forestall.loop.feature;

/**
 * Sums whose parts lose half of their weight in each half-life. A sum is kept as if it were some fixed instant, so that time passing
 * changes nothing that is kept; the weight is applied when it is read.
 *
 * <p>Plain arithmetic in a fixed order: the same on every machine, to the last bit.
 */
final class Decay {

    /** A sum is moved to a later instant when its newest part weighs more than two to the power of this. */
    private static final int MAX_EXPONENT = 60;

    private static final double LN2 = 0.693147180559945309417;

    private Decay() {}

    /** The weight, at an instant, of what is kept as of another: below 1 when that is earlier. */
    static double weight(long keptAtMillis, long atMillis, long halfLifeMillis) {
        return exp2((double) (keptAtMillis - atMillis) / halfLifeMillis);
    }

    /** By how many half-lives sums should be moved on before something at an instant is added; 0 for not. */
    static long shift(long keptAtMillis, long atMillis, long halfLifeMillis) {
        long halves = Math.floorDiv(atMillis - keptAtMillis, halfLifeMillis);
        return halves > MAX_EXPONENT ? halves : 0;
    }

    /** A sum that is so many half-lives older; nothing is left of it long before a thousand. */
    static float lighter(float sum, long halves) {
        return Math.scalb(sum, -(int) Math.min(halves, 1_000));
    }

    /** Two to a power, by the series of the exponential function; exact to 1e-13, 0 below 2^-1000. */
    static double exp2(double power) {
        if (power < -1_000) {
            return 0;
        }
        double whole = Math.floor(power);
        double y = (power - whole) * LN2;
        double sum = 1;
        for (int k = 14; k >= 1; k--) {
            sum = 1 + sum * y / k;
        }
        return Math.scalb(sum, (int) Math.min(whole, 1_000));
    }
}
