package dev.forestall.benchmarks.run;

import java.io.IOException;
import java.util.function.ToLongFunction;

/** How long after an event was due its match is reported, at a fixed rate of events. */
final class Latency {

    private Latency() {}

    static void measure(Options options) throws IOException {
        var comparison = Comparison.run(Task.Measure.LATENCY, options);
        var table = new Table("engine", "p50 us", "p99 us", "p99.9 us", "longest us");
        for (var contender : comparison.contenders()) {
            table.add(
                    contender.name(),
                    micros(comparison, contender.name(), Finding.Latency::p50Nanos),
                    micros(comparison, contender.name(), Finding.Latency::p99Nanos),
                    micros(comparison, contender.name(), Finding.Latency::p999Nanos),
                    micros(comparison, contender.name(), Finding.Latency::maxNanos));
        }
        table.print(
                "Latency at %,d events/s, set %s"
                        .formatted(options.rate(), options.size().label()),
                options);
    }

    private static String micros(Comparison comparison, String contender, ToLongFunction<Finding.Latency> nanos) {
        return comparison
                .spread(contender, Finding.Latency.class, latency -> nanos.applyAsLong(latency.getFirst()) / 1e3)
                .format(1);
    }
}
