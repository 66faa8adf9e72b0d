package dev.forestall.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import dev.forestall.benchmarks.forestall.SilentHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a host takes of a processor while its sources are silent. */
final class Idle {

    /** For compilation and compaction to come to an end. */
    private static final Duration FIRST = Duration.ofSeconds(15);

    private static final Duration MEASURED = Duration.ofSeconds(60);

    private Idle() {}

    static void measure(Options options) throws IOException {
        Path folder = options.folder();
        Path directory = Files.createTempDirectory(Files.createDirectories(folder.resolve("scratch")), "idle");
        try (SilentHost host = SilentHost.after(Workloads.json(options.size(), 1, folder), directory)) {
            host.stay(FIRST);
            long before = cpuNanos();
            host.stay(MEASURED);
            double share = (double) (cpuNanos() - before) / MEASURED.toNanos();
            var table = new Table("engine", "% of a core");
            table.add("forestall-durable", Spread.number(100 * share, 2));
            table.print("Idle for a minute, behind the set " + options.size().label(), options);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
