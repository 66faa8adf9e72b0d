package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.stream.StreamSize;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What the command line asks for.
 *
 * @param only names of contenders, or empty for all
 * @param collector of the processes (throughput, latency)
 * @param markdown where to write the table as well, or empty
 */
record Options(
        StreamSize size,
        Form form,
        int repetitions,
        int passes,
        int rate,
        List<String> only,
        Collector collector,
        String markdown,
        Path folder) {

    static final String HELP = """
            --set small|mid|full      the stream: 200,000, 1,000,000 or 5,000,000 events
            --from objects|json       what the engines read (throughput)
            --repetitions N           processes per contender, in turns
            --passes N                passes over the stream in each process, after one that is not counted
            --rate N                  events a second (latency)
            --only NAME,NAME          these contenders, beside the one they are compared with
            --collector g1|parallel   how every process collects garbage (throughput, latency)
            --markdown FILE           write the table as Markdown, too
            --folder DIR              for the stream's files; default benchmarks/target/bench""";

    static Options parse(List<String> arguments, Options defaults) {
        var given = new TreeMap<String, String>();
        for (var i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (i + 1 == arguments.size() || !HELP.contains(name + " ")) {
                throw new IllegalArgumentException(name + " is no option, or lacks its value. There are:\n" + HELP);
            }
            given.put(name, arguments.get(i + 1));
        }
        return new Options(
                given.containsKey("--set") ? StreamSize.of(given.get("--set")) : defaults.size,
                given.containsKey("--from")
                        ? Form.valueOf(given.get("--from").toUpperCase(Locale.ROOT))
                        : defaults.form,
                number(given.get("--repetitions"), defaults.repetitions),
                number(given.get("--passes"), defaults.passes),
                number(given.get("--rate"), defaults.rate),
                given.containsKey("--only") ? Arrays.asList(given.get("--only").split(",", -1)) : defaults.only,
                given.containsKey("--collector") ? Collector.of(given.get("--collector")) : defaults.collector,
                given.getOrDefault("--markdown", defaults.markdown),
                given.containsKey("--folder") ? Path.of(given.get("--folder")) : defaults.folder);
    }

    /** Those asked for that can run here, and the ones they are compared with. */
    List<Contender> contenders() {
        only.forEach(Contenders::named);
        return Contenders.all().stream()
                .filter(contender -> only.isEmpty() || only.contains(contender.name()) || isMeasureOfOne(contender))
                .filter(contender -> contender.takesPart(form))
                .filter(contender -> {
                    var canRun = Fork.canRun(contender.name());
                    if (!canRun) {
                        System.out.println(contender.name()
                                + " is left out; it needs Flink's RocksDB: FLINK_ROCKSDB=yes ./dev bench ...");
                    }
                    return canRun;
                })
                .toList();
    }

    Task task(Task.Measure measure, String contender) {
        return new Task(measure, contender, size, form, passes, rate, folder, collector);
    }

    private boolean isMeasureOfOne(Contender contender) {
        return only.stream()
                .anyMatch(name -> Contenders.measureOf(Contenders.named(name)).equals(contender.name()));
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
