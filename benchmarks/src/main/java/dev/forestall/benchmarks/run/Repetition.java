package dev.forestall.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Pace;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.pattern.Reference;
import dev.forestall.benchmarks.stream.Traffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The main class of a measuring process: one contender, one task, findings on standard output. */
public final class Repetition {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Task task;

    private Repetition(Task task) {
        this.task = task;
    }

    public static void main(String[] arguments) throws Exception {
        new Repetition(Task.of(arguments)).run();
        // An engine's left-over threads must not keep the process.
        System.exit(0);
    }

    private void run() throws Exception {
        if (task.contender().equals(Task.REFERENCE)) {
            var tally = Reference.tally(Traffic.of(task.size()).activities());
            report(new Finding.Pass(0, 0, tally));
            return;
        }
        var contender = Contenders.named(task.contender());
        switch (task.measure()) {
            case THROUGHPUT -> throughput(contender);
            case MEMORY -> memory(contender);
            case LATENCY -> latency(contender);
        }
        report(new Finding.PeakMemory(peakMemory()));
    }

    private void throughput(Contender contender) throws Exception {
        try (var race = contender.prepare(workload(contender, Pace.unlimited()))) {
            pass(race, new Tallies());
            for (var i = 0; i < task.passes(); i++) {
                System.gc();
                var tallies = new Tallies();
                report(pass(race, tallies));
                tallies.stored().ifPresent(Repetition::report);
            }
        }
    }

    private static Finding.Pass pass(Contender.Race race, Tallies tallies) throws Exception {
        var cpu = SYSTEM.getProcessCpuTime();
        var wall = System.nanoTime();
        race.run(tallies);
        return new Finding.Pass(System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu, tallies.sum());
    }

    private void memory(Contender contender) throws Exception {
        var scale = new Scale();
        try (var race = contender.prepare(scale.zeroAtFirstEvent(workload(contender, Pace.unlimited())))) {
            scale.zero();
            race.run(scale);
        }
        report(new Finding.Pass(0, 0, scale.sum()));
        report(new Finding.Held(scale.held()));
    }

    private void latency(Contender contender) throws Exception {
        var schedule = new Schedule();
        try (var race = contender.prepare(workload(contender, schedule))) {
            schedule.release();
            for (var i = 0; i < task.passes(); i++) {
                race.run(new Tallies());
            }
            System.gc();
            schedule.restart(task.rate());
            var stopwatches = new Stopwatches(schedule, task.size().events() / 5);
            race.run(stopwatches);
            report(new Finding.Pass(0, 0, stopwatches.sum()));
            report(stopwatches.latency());
        }
    }

    private Workload workload(Contender contender, Pace pace) throws IOException {
        var folder = task.folder();
        Files.createDirectories(folder);
        return switch (task.form()) {
            case OBJECTS -> Workloads.objects(task.size(), contender.parts(), folder);
            case JSON -> Workloads.json(task.size(), contender.parts(), folder);
            case PACED -> Workloads.paced(task.size(), contender.parts(), pace, folder);
        };
    }

    private static void report(Finding finding) {
        System.out.println(finding.line());
    }

    /** As the operating system saw it; 0 where it does not say. */
    private static long peakMemory() throws IOException {
        var status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (var line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        }
        return 0;
    }
}
