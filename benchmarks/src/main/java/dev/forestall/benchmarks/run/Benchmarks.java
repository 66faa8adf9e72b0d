package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.stream.StreamSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The measurements there are, each of which prints one table. */
public final class Benchmarks {

    public static final String HELP = """
            throughput   events a second and a CPU second, every contender from objects or from JSON
            memory       bytes of state for each active customer at the end of the stream
            latency      from when an event is due to its match, at a fixed rate of events
            readable     from accepting one event on an idle host to a subscriber having what came of it
            merging      what another customer waits while two with a million events each turn out to be one
            exchanging   what a customer waits while a definition takes over and is filled from 20,000 pasts
            live         a server over HTTP: ready, idle, events a second, request to effect, pages that ask, many readers
            idle         what a durable host takes of a core while nothing comes
            steps        single steps of the loop, by JMH
            score        one row's probability and its reasons, ours and the training library's
            """ + Options.HELP;

    private static final Path FOLDER = Path.of("benchmarks", "target", "bench");
    private static final int EVENTS_PER_SECOND = 20_000;

    private Benchmarks() {}

    public static void run(String name, List<String> arguments) throws IOException {
        switch (name) {
            case "throughput" -> Throughput.measure(options(arguments, StreamSize.FULL, Form.OBJECTS, 3, 3));
            case "memory" -> Memory.measure(options(arguments, StreamSize.FULL, Form.JSON, 1, 1));
            case "latency" -> Latency.measure(options(arguments, StreamSize.SMALL, Form.PACED, 3, 4));
            case "readable" -> Readable.measure(options(arguments, StreamSize.SMALL, Form.JSON, 1, 1));
            case "merging" -> Merging.measure(options(arguments, StreamSize.SMALL, Form.JSON, 1, 1));
            case "exchanging" -> Exchanging.measure(options(arguments, StreamSize.SMALL, Form.JSON, 1, 1));
            case "live" -> Live.measure(options(arguments, StreamSize.SMALL, Form.JSON, 1, 1));
            case "idle" -> Idle.measure(options(arguments, StreamSize.MID, Form.JSON, 1, 1));
            case "steps" -> Steps.measure();
            case "score" -> Scores.measure(options(arguments, StreamSize.SMALL, Form.OBJECTS, 7, 1));
            default -> throw new IllegalArgumentException("no benchmark is called '" + name + "'. There are:\n" + HELP);
        }
    }

    private static Options options(List<String> arguments, StreamSize size, Form form, int repetitions, int passes) {
        var defaults =
                new Options(size, form, repetitions, passes, EVENTS_PER_SECOND, List.of(), Collector.G1, "", FOLDER);
        return Options.parse(arguments, defaults);
    }
}
