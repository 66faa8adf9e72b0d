package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.stream.StreamSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The benchmarks' command line: measures the contenders side by side and prints one table. */
public final class Bench {

    private static final Path FOLDER = Path.of("benchmarks", "target", "bench");
    private static final int EVENTS_PER_SECOND = 20_000;

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        var name = arguments.length == 0 ? "" : arguments[0];
        var rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            switch (name) {
                case "throughput" -> Throughput.measure(options(rest, StreamSize.FULL, Form.OBJECTS, 3, 3));
                case "memory" -> Memory.measure(options(rest, StreamSize.FULL, Form.JSON, 1, 1));
                case "latency" -> Latency.measure(options(rest, StreamSize.SMALL, Form.PACED, 3, 4));
                default ->
                    throw new IllegalArgumentException(
                            "say what to measure: throughput, memory or latency; then\n" + Options.HELP);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static Options options(List<String> arguments, StreamSize size, Form form, int repetitions, int passes) {
        var defaults = new Options(size, form, repetitions, passes, EVENTS_PER_SECOND, List.of(), "", FOLDER);
        return Options.parse(arguments, defaults);
    }
}
