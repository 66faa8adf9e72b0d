package dev.forestall.learning.drift;

import dev.forestall.learning.table.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether probabilities still mean what they say, by the outcomes that came back. A test by betting (Shafer 2021; Waudby-Smith and Ramdas
 * 2024): somebody bets against the model, on its log odds being shifted or stretched, with money that cannot grow on average as long as
 * the model is right. By Ville's inequality it ever grows beyond 1 / {@link #FALSE_ALARM} with at most that probability: so often as one
 * may look, the chance of any false alarm stays below it.
 *
 * <p>Bets are made on moments that do not depend on each other given the past: of each customer one drawn moment a window, windows being
 * longer than the horizon, so that what came of the one before is known.
 */
public final class CalibrationDrift {

    /** The chance that an alarm is ever raised although the probabilities are right. */
    public static final double FALSE_ALARM = 0.01;

    /** By how much probabilities must be off on average, each in its own direction, against the rate, to matter, however sure it is. */
    public static final double LEAST_DISTANCE = 0.1;

    private static final double[] SHIFTS = {-1.5, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5};
    private static final double[] SLOPES = {0.4, 0.7, 1, 1.5, 2.5};
    private static final double CERTAIN = 1e-6;
    private static final long MIN_WINDOW_MILLIS = 86_400_000;

    private CalibrationDrift() {}

    /**
     * What was found.
     *
     * @param moments so many were bet on
     * @param said the mean probability of these
     * @param seen the share of these with the outcome
     * @param distance by how much, on average, whoever has won most says something else, each time in either direction
     * @param how in which way it is off, as far as it is
     * @param evidence how many times the money has grown at its highest
     * @param sinceMillis when it passed what makes an alarm; {@link Long#MAX_VALUE} when it did not
     */
    public record Found(
            int moments, double said, double seen, double distance, How how, double evidence, long sinceMillis) {

        public boolean isAlarm() {
            return evidence >= 1 / FALSE_ALARM && distance >= LEAST_DISTANCE * Math.max(said, seen);
        }
    }

    /** In which way probabilities are off. */
    public enum How {
        TOO_HIGH("too high"),
        TOO_LOW("too low"),
        /** High ones are too high and low ones too low. */
        TOO_EXTREME("too extreme"),
        /** High ones are too low and low ones too high. */
        TOO_TIMID("too timid");

        private final String words;

        How(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Bets on the moments behind training whose outcome is known.
     *
     * @param rows those moments
     * @param columns which columns the model looks at, in its order
     * @param probability how it answers a row of these
     * @param horizonMillis of the question
     */
    public static Found of(
            Examples examples, int[] rows, int[] columns, ToDoubleFunction<float[]> probability, long horizonMillis) {
        int[] bets = bets(examples, rows, horizonMillis);
        double[] money = new double[SHIFTS.length * SLOPES.length];
        double said = 0;
        double seen = 0;
        double highest = 1;
        long since = Long.MAX_VALUE;
        double[] probabilities = new double[bets.length];
        double pivot = 0;
        float[] picked = new float[columns.length];
        for (int i = 0; i < bets.length; i++) {
            int row = bets[i];
            for (int c = 0; c < columns.length; c++) {
                picked[c] = examples.row(row)[columns[c]];
            }
            double p = Math.max(CERTAIN, Math.min(1 - CERTAIN, probability.applyAsDouble(picked)));
            probabilities[i] = p;
            boolean came = examples.label(row);
            // What was said so far, this moment included, is known before it is known what came of it.
            pivot += (Math.log(p / (1 - p)) - pivot) / (i + 1);
            bet(money, p, pivot, came);
            said += p;
            seen += came ? 1 : 0;
            double evidence = mean(money);
            if (evidence >= 1 / FALSE_ALARM && since == Long.MAX_VALUE) {
                since = examples.atMillis(row);
            }
            highest = Math.max(highest, evidence);
        }
        int n = Math.max(1, bets.length);
        int winner = 0;
        for (int bettor = 1; bettor < money.length; bettor++) {
            winner = money[bettor] > money[winner] ? bettor : winner;
        }
        double distance = 0;
        double more = 0;
        for (double each : probabilities) {
            double theirs = theirs(winner, each, pivot);
            distance += Math.abs(theirs - each) / n;
            more += (theirs - each) / n;
        }
        return new Found(bets.length, said / n, seen / n, distance, how(winner, more, distance), highest, since);
    }

    /** Where what is off is mostly on one side, it is that side; else it is the slope. */
    private static How how(int winner, double more, double distance) {
        if (Math.abs(more) >= distance / 2) {
            return more < 0 ? How.TOO_HIGH : How.TOO_LOW;
        }
        return SLOPES[winner % SLOPES.length] < 1 ? How.TOO_EXTREME : How.TOO_TIMID;
    }

    private static int[] bets(Examples examples, int[] rows, long horizonMillis) {
        long window = Math.max(MIN_WINDOW_MILLIS, 2 * horizonMillis);
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int row : rows) {
            from = Math.min(from, examples.atMillis(row));
            to = Math.max(to, examples.atMillis(row) + 1);
        }
        List<int[]> parts = new ArrayList<>();
        for (long begin = from; begin < to; begin += window) {
            // Between the last moment of one window and the first of the next lies a horizon.
            parts.add(OnePerCustomer.draw(examples, rows, begin, window - horizonMillis));
        }
        return parts.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    /** Each bettor's money is the logarithm of how many times it has grown. */
    private static void bet(double[] money, double p, double pivot, boolean came) {
        for (int bettor = 0; bettor < money.length; bettor++) {
            double theirs = theirs(bettor, p, pivot);
            money[bettor] += came ? Math.log(theirs / p) : Math.log((1 - theirs) / (1 - p));
        }
    }

    /** What a bettor says where the model says p: log odds shifted, and stretched around what the model says on average. */
    private static double theirs(int bettor, double p, double pivot) {
        double shift = SHIFTS[bettor / SLOPES.length];
        double slope = SLOPES[bettor % SLOPES.length];
        return 1 / (1 + Math.exp(-(pivot + shift + slope * (Math.log(p / (1 - p)) - pivot))));
    }

    private static double mean(double[] money) {
        double sum = 0;
        for (double each : money) {
            sum += Math.exp(each);
        }
        return sum / money.length;
    }
}
