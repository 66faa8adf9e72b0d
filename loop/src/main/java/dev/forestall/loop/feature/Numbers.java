package dev.forestall.loop.feature;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/**
 * The values of one numeric property over a customer's life: first, last, extremes, and the sums behind mean, spread and slope, kept
 * as running means (Welford 1962), which lose no digits to large values.
 */
final class Numbers {

    private static final double DAY = 86_400_000;

    int n;
    double first;
    double last;
    double before = Double.NaN;
    long lastMillis;
    double min;
    double max;
    double mean;
    /** Sum of squared distances from the mean. */
    private double squares;
    /** Mean time, in days since the customer's first event, and the sums for the slope over time. */
    private double meanDay;

    private double daySquares;
    private double products;

    void add(double value, long atMillis, long startMillis) {
        n++;
        if (n == 1) {
            first = value;
            min = value;
            max = value;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (n == 1 || atMillis >= lastMillis) {
            before = n == 1 ? Double.NaN : last;
            last = value;
            lastMillis = atMillis;
        }
        double day = (atMillis - startMillis) / DAY;
        double fromMean = value - mean;
        double fromMeanDay = day - meanDay;
        mean += fromMean / n;
        meanDay += fromMeanDay / n;
        squares += fromMean * (value - mean);
        daySquares += fromMeanDay * (day - meanDay);
        products += fromMeanDay * (value - mean);
    }

    double sum() {
        return mean * n;
    }

    /** The standard deviation of the values; 0 for a single one. */
    double deviation() {
        return n < 2 ? 0 : Math.sqrt(Math.max(0, squares) / (n - 1));
    }

    /** By how much it rises a day, by least squares; NaN before two different times. */
    double slope() {
        return daySquares > 1e-12 ? products / daySquares : Double.NaN;
    }

    void write(Writer to, long startMillis) {
        to.count(n).compactNumber(last).whole(lastMillis - startMillis);
        if (n > 1) {
            to.compactNumber(first).compactNumber(before).compactNumber(min).compactNumber(max);
            to.number(mean).number(squares).number(meanDay).number(daySquares).number(products);
        }
    }

    void read(Reader from, long startMillis) {
        int size = from.size();
        double value = from.compactNumber();
        long atMillis = startMillis + from.whole();
        if (size == 1) {
            add(value, atMillis, startMillis);
            return;
        }
        n = size;
        last = value;
        lastMillis = atMillis;
        first = from.compactNumber();
        before = from.compactNumber();
        min = from.compactNumber();
        max = from.compactNumber();
        mean = from.number();
        squares = from.number();
        meanDay = from.number();
        daySquares = from.number();
        products = from.number();
    }
}
