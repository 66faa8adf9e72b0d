package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.score.Way;
import dev.forestall.benchmarks.score.Ways;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** What a probability and its reasons cost: the library that grows the trees, trees of objects and our own, in turns in one process. */
final class Scores {

    private static final int WARM_UPS = 3;

    private Scores() {}

    static void measure(Options options) throws IOException {
        try (var ways = new Ways()) {
            System.out.println(ways.what());
            System.out.println(ways.compared());
            var seconds = new LinkedHashMap<Way, List<Double>>();
            ways.all().forEach(way -> seconds.put(way, new ArrayList<>()));
            for (var round = 1 - WARM_UPS; round <= options.repetitions(); round++) {
                System.out.println(round < 1 ? "warming up" : "repetition " + round + " of " + options.repetitions());
                for (var each : seconds.sequencedEntrySet()) {
                    double took = each.getKey().secondsPerRow();
                    if (round >= 1) {
                        each.getValue().add(took);
                    }
                }
            }
            var table = new Table(
                    "way",
                    "microseconds a row",
                    "rows a second",
                    "times the library row by row",
                    "times the one above");
            for (var answer : Way.Answer.values()) {
                add(table, seconds, answer);
            }
            table.print("One row scored and explained, " + ways.what(), options);
        }
    }

    /** Ratios are of medians, within one answer. */
    private static void add(Table table, SequencedMap<Way, List<Double>> seconds, Way.Answer answer) {
        double first = 0;
        double above = 0;
        for (var each : seconds.sequencedEntrySet()) {
            if (each.getKey().answer() == answer) {
                var spread = Spread.of(
                        each.getValue().stream().map(took -> took * 1e6).toList());
                boolean isFirst = first == 0;
                first = isFirst ? spread.median() : first;
                table.add(
                        answer.name().toLowerCase(Locale.ROOT) + ": "
                                + each.getKey().name(),
                        spread.format(2),
                        Spread.number(1e6 / spread.median(), 0),
                        isFirst ? "1" : Spread.number(first / spread.median(), 1),
                        isFirst ? "" : Spread.number(above / spread.median(), 2));
                above = spread.median();
            }
        }
    }
}
