package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.stream.Traffic;
import java.io.IOException;

/** What each contender holds in memory for a customer at the end of the stream, when no events are kept. */
final class Memory {

    private static final double MEGABYTE = 1 << 20;

    private Memory() {}

    static void measure(Options options) throws IOException {
        var comparison = Comparison.run(Task.Measure.MEMORY, options);
        var customers = Traffic.of(options.size()).activeCustomers();
        var table = new Table("engine", "state MB", "bytes per active customer", "against hand-written");
        for (var contender : comparison.contenders()) {
            var held = held(comparison, contender.name());
            table.add(
                    contender.name(),
                    Spread.number(held / MEGABYTE, 1),
                    Spread.number(held / customers, 0),
                    Spread.number(held / held(comparison, Contenders.measureOf(contender)), 2));
        }
        table.print(
                "State on the heap, set " + options.size().label() + ", " + customers + " active customers", options);
    }

    private static double held(Comparison comparison, String contender) {
        return comparison
                .spread(contender, Finding.Held.class, held -> held.getFirst().bytes())
                .median();
    }
}
