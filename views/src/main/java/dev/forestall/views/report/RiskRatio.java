package dev.forestall.views.report;

import dev.forestall.views.report.Report.Endings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much likelier the bad end was after a signal than without it. An association: the signal need not be the cause.
 *
 * <p>Only runs that ended well or badly are compared, and only signals raised before the end count. A run that never came as far as a
 * step in which the signal can be raised says nothing about it, so runs with the signal are compared with runs that were in the same
 * step and did not have it: the share expected without it is the mean over steps, weighted by where those with it were (direct
 * standardisation; Rothman, Greenland and Lash, Modern Epidemiology, chapter 4). The interval is that of the logarithm of the ratio, by
 * the delta method; a run that was in several steps counts in each, and the variance takes that into account.
 *
 * @param runs with the signal
 * @param bad of those, how many ended badly
 * @param otherRuns that were in the same steps without it
 * @param otherBad of those, how many ended badly
 * @param expected the share of bad ends that runs with the signal would have had, had they fared like the others in their steps
 * @param unmatched runs with the signal for which there is no other to compare with; they are left out above
 * @param interval empty when there are too few bad ends on one of the sides to tell
 */
public record RiskRatio(
        long runs,
        long bad,
        long otherRuns,
        long otherBad,
        double expected,
        long unmatched,
        Optional<Interval> interval) {

    /** Runs that were in a set of steps (one bit each), and how they ended. */
    record Passed(long steps, Endings endings) {}

    /** Runs that were in a set of steps, had the signal first in one of them (by its number), and how they ended. */
    record Had(long steps, int step, Endings endings) {}

    /** The share of bad ends among the runs with the signal; NaN when there are none. */
    public double share() {
        return runs == 0 ? Double.NaN : (double) bad / runs;
    }

    /** NaN when nothing can be compared; infinite when no other run ended badly. */
    public double value() {
        return share() / expected;
    }

    /**
     * @param all every run of the journey, with the signal or without
     * @param had those with it
     */
    static RiskRatio of(List<Passed> all, List<Had> had) {
        Map<Integer, Endings> with = new TreeMap<>();
        Map<Long, Endings> without = new TreeMap<>();
        all.forEach(each -> without.merge(each.steps, each.endings, Endings::plus));
        for (Had each : had) {
            with.merge(each.step, each.endings, Endings::plus);
            without.merge(each.steps, each.endings, Endings::minus);
        }
        List<Stratum> strata = with.entrySet().stream()
                .map(each -> new Stratum(each.getKey(), each.getValue(), others(without, 1L << each.getKey())))
                .toList();
        return of(strata, without);
    }

    /** One step: those who had the signal in it, and the others who were there. */
    private record Stratum(int step, Endings with, Endings others) {

        boolean isComparable() {
            return with.decided() > 0 && others.decided() > 0;
        }

        double otherShare() {
            return (double) others.bad() / others.decided();
        }

        /** How much one of the others weighs in the expected share of {@code runs} with the signal. */
        double weight(long runs) {
            return (double) with.decided() / runs / others.decided();
        }
    }

    private static RiskRatio of(List<Stratum> strata, Map<Long, Endings> without) {
        List<Stratum> compared = strata.stream().filter(Stratum::isComparable).toList();
        long runs = compared.stream().mapToLong(each -> each.with.decided()).sum();
        long bad = compared.stream().mapToLong(each -> each.with.bad()).sum();
        long left = strata.stream().mapToLong(each -> each.with.decided()).sum() - runs;
        if (runs == 0) {
            return new RiskRatio(0, 0, 0, 0, Double.NaN, left, Optional.empty());
        }
        long steps = compared.stream().mapToLong(each -> 1L << each.step).reduce(0, (one, other) -> one | other);
        Endings others = others(without, steps);
        double expected = compared.stream()
                .mapToDouble(each -> each.weight(runs) * each.others.bad())
                .sum();
        Optional<Interval> interval = bad == 0 || others.bad() == 0
                ? Optional.empty()
                : Optional.of(interval((double) bad / runs, runs, expected, variance(compared, runs, without)));
        return new RiskRatio(runs, bad, others.decided(), others.bad(), expected, left, interval);
    }

    private static Endings others(Map<Long, Endings> without, long steps) {
        return without.entrySet().stream()
                .filter(each -> (each.getKey() & steps) != 0)
                .map(Map.Entry::getValue)
                .reduce(Endings.NONE, Endings::plus);
    }

    /** The variance of the expected share: the sum over the other runs of the square of what each of them contributes. */
    private static double variance(List<Stratum> compared, long runs, Map<Long, Endings> without) {
        double variance = 0;
        for (Map.Entry<Long, Endings> each : without.entrySet()) {
            double whenGood = 0;
            double whenBad = 0;
            for (Stratum stratum : compared) {
                if ((each.getKey() & 1L << stratum.step) != 0) {
                    whenGood -= stratum.weight(runs) * stratum.otherShare();
                    whenBad += stratum.weight(runs) * (1 - stratum.otherShare());
                }
            }
            variance += each.getValue().goal() * whenGood * whenGood
                    + each.getValue().bad() * whenBad * whenBad;
        }
        return variance;
    }

    private static Interval interval(double share, long runs, double expected, double expectedVariance) {
        double ofShare = (1 - share) / (runs * share);
        double ofExpected = expectedVariance / (expected * expected);
        double half = Interval.Z * Math.sqrt(ofShare + ofExpected);
        double ratio = Math.log(share / expected);
        return new Interval(Math.exp(ratio - half), Math.exp(ratio + half));
    }
}
