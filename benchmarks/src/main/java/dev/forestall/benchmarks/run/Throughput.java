package dev.forestall.benchmarks.run;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** How many events each contender takes in, by the clock and by the CPU time of all its threads. */
final class Throughput {

    private static final double MEGABYTE = 1 << 20;

    /** Of a repetition's passes the best count: the first still pay for compilation, and one may meet a busy moment. */
    private static final int BEST_PASSES = 2;

    private final Comparison comparison;
    private final int events;

    private Throughput(Comparison comparison, int events) {
        this.comparison = comparison;
        this.events = events;
    }

    static void measure(Options options) throws IOException {
        var throughput = new Throughput(
                Comparison.run(Task.Measure.THROUGHPUT, options), options.size().events());
        var title = "Throughput, set %s, from %s, collector %s"
                .formatted(
                        options.size().label(),
                        options.form().name().toLowerCase(Locale.ROOT),
                        options.collector().label());
        throughput.table().print(title, options);
    }

    private Table table() {
        var table = new Table(
                "engine",
                "threads",
                "k events/s",
                "k events per CPU s",
                "cost (hand-written = 1)",
                "peak RSS MB",
                "stored bytes per customer");
        for (var contender : comparison.contenders()) {
            var perCpuSecond = thousandsPer(Finding.Pass::cpuNanos, contender.name());
            var measure = thousandsPer(Finding.Pass::cpuNanos, Contenders.measureOf(contender));
            table.add(
                    contender.name(),
                    Integer.toString(contender.threads()),
                    thousandsPer(Finding.Pass::wallNanos, contender.name()).format(0),
                    perCpuSecond.format(0),
                    Spread.number(measure.median() / perCpuSecond.median(), 2),
                    peakMegabytes(contender.name()).format(0),
                    comparison
                            .last(contender.name(), Finding.Stored.class)
                            .map(stored -> Spread.number((double) stored.bytes() / stored.customers(), 0))
                            .orElse("-"));
        }
        return table;
    }

    private Spread thousandsPer(ToLongFunction<Finding.Pass> nanos, String contender) {
        return comparison.spread(contender, Finding.Pass.class, passes -> thousandsPerSecond(nanos, passes));
    }

    private double thousandsPerSecond(ToLongFunction<Finding.Pass> nanos, List<Finding.Pass> passes) {
        var best = passes.stream()
                .sorted(Comparator.comparingLong(nanos))
                .limit(BEST_PASSES)
                .mapToLong(nanos)
                .toArray();
        var total = 0L;
        for (var pass : best) {
            total += pass;
        }
        return events / 1e3 * best.length / (total / 1e9);
    }

    private Spread peakMegabytes(String contender) {
        return comparison.spread(
                contender, Finding.PeakMemory.class, peak -> peak.getFirst().bytes() / MEGABYTE);
    }
}
