package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.stream.StreamSize;
import java.nio.file.Path;
import java.util.List;

/**
 * What one process is to measure.
 *
 * @param contender a contender's name, or {@link #REFERENCE}
 * @param passes measured passes over the whole stream, after one that is not
 * @param rate events a second, when paced
 * @param folder where the stream's files and the engines' scratch files lie
 * @param collector of the process, where garbage is not collected in another way for the sake of what is measured
 */
record Task(
        Measure measure,
        String contender,
        StreamSize size,
        Form form,
        int passes,
        int rate,
        Path folder,
        Collector collector) {

    /** In place of a contender's name: computes the right answer. */
    static final String REFERENCE = "reference";

    enum Measure {
        THROUGHPUT,
        MEMORY,
        LATENCY
    }

    List<String> arguments() {
        return List.of(
                measure.name(),
                contender,
                size.label(),
                form.name(),
                Integer.toString(passes),
                Integer.toString(rate),
                folder.toString(),
                collector.name());
    }

    static Task of(String[] arguments) {
        return new Task(
                Measure.valueOf(arguments[0]),
                arguments[1],
                StreamSize.of(arguments[2]),
                Form.valueOf(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Path.of(arguments[6]),
                Collector.valueOf(arguments[7]));
    }
}
