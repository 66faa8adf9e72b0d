package dev.forestall.acceptance.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is to be said about groups, from everything that was counted about their members. */
final class CohortOracle {

    /** Not one step, but the end of the run whatever the step. */
    static final int ANY = Integer.MIN_VALUE;

    private CohortOracle() {}

    /** One thing counted for a group: it could have happened, and perhaps did. */
    record Count(String group, long at, boolean hit) {}

    /** Everything counted in a stream. */
    @FunctionalInterface
    interface Counted {
        List<Count> in(List<Happening> events, long horizon);
    }

    /** Whether so many hits of so many tries are too many. */
    @FunctionalInterface
    interface Above {
        boolean holds(long hit, long tried);
    }

    /** Of some types, those that are also of others; by the key. */
    static Counted events(String tried, String hit) {
        return (events, horizon) -> events.stream()
                .filter(each -> each.is(tried) && !each.key().isEmpty())
                .map(each -> new Count(each.key(), each.at(), each.is(hit)))
                .toList();
    }

    /** Of the stays in a step (or of all runs) those that a bad end ends; by whether an event or silence ends them. */
    static Counted exits(int step, Run.Shape shape) {
        return (events, horizon) -> {
            List<Count> counts = new ArrayList<>();
            for (String customer : Declared.customers(events)) {
                List<Happening> own = events.stream()
                        .filter(each -> each.customer().equals(customer))
                        .toList();
                for (Run run : Run.of(own, shape, horizon)) {
                    count(run, step, "said", "silent", counts);
                }
            }
            return counts;
        };
    }

    /**
     * Counts the stays of one run.
     *
     * @param group of those that an event ends
     * @param silent the group of those that silence ends
     */
    static void count(Run run, int step, String group, String silent, List<Count> counts) {
        for (int i = 0; i < run.stays().size(); i++) {
            Run.Stay stay = run.stays().get(i);
            boolean ends = i + 1 == run.stays().size();
            boolean left = stay.to() != Truth.OPEN;
            boolean watched = step == ANY ? ends : stay.step() == step;
            if (left && watched) {
                boolean bySilence = ends && run.end() == Run.End.SILENT;
                counts.add(new Count(bySilence ? silent : group, stay.to(), ends && run.endedBadly()));
            }
        }
    }

    static Above share(double share) {
        return (hit, tried) -> hit > share * tried;
    }

    /** At least so many hits are less likely than the level leaves, by the binomial distribution to sixty digits. */
    static Above beyondQuantile(double share, double level) {
        MathContext digits = new MathContext(60);
        BigDecimal p = new BigDecimal(share);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        return (hit, tried) -> {
            BigDecimal tail = BigDecimal.ZERO;
            BigInteger ways = BigInteger.ONE;
            for (int k = 0; k <= tried; k++) {
                if (k >= hit) {
                    BigDecimal likely = p.pow(k, digits).multiply(q.pow((int) tried - k, digits), digits);
                    tail = tail.add(new BigDecimal(ways).multiply(likely, digits), digits);
                }
                ways = ways.multiply(BigInteger.valueOf(tried - k)).divide(BigInteger.valueOf(k + 1));
            }
            return tail.compareTo(new BigDecimal(1 - level)) <= 0;
        };
    }

    /** Judged at the ends of buckets in which something was counted, and of all buckets while the signal stands. */
    static Declared.Truths of(String signal, Counted counted, long bucket, int buckets, int minimum, Above above) {
        return (events, horizon) -> {
            List<Count> counts = counted.in(events, horizon);
            List<Said> said = new ArrayList<>();
            for (String group : new TreeSet<>(counts.stream().map(Count::group).toList())) {
                List<Count> own = counts.stream()
                        .filter(each -> each.group().equals(group))
                        .toList();
                var truth = new Truth(said, "cohort:" + signal + "=" + group, "", horizon);
                judge(own, bucket, buckets, minimum, above, truth);
            }
            return said;
        };
    }

    private static void judge(List<Count> counts, long bucket, int buckets, int minimum, Above above, Truth truth) {
        TreeSet<Long> ends = new TreeSet<>();
        counts.forEach(each -> ends.add(Math.floorDiv(each.at(), bucket) * bucket + bucket));
        long since = Truth.OPEN;
        Long end = ends.first();
        while (end != null) {
            long now = end;
            List<Count> window = counts.stream()
                    .filter(each -> each.at() < now && each.at() >= now - buckets * bucket)
                    .toList();
            long hit = window.stream().filter(Count::hit).count();
            boolean holds = window.size() >= minimum && above.holds(hit, window.size());
            if (holds && since == Truth.OPEN) {
                since = now;
            } else if (!holds && since != Truth.OPEN) {
                truth.stands(since, now);
                since = Truth.OPEN;
            }
            end = since == Truth.OPEN ? ends.higher(now) : Long.valueOf(now + bucket);
        }
    }
}
