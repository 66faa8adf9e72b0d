package dev.forestall.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a task in a Java process of its own, so that no contender profits or suffers from what ran before it. */
final class Fork {

    private static final int LIMIT_MINUTES = 20;
    private static final String FLINK_ROCKSDB = "flink-rocksdb";

    private Fork() {}

    /** All that the process found; fails with the end of its output when it does. */
    static List<Finding> run(Task task) {
        try {
            empty(task.folder().resolve("scratch"));
            var output = Files.createDirectories(task.folder()).resolve(task.contender() + ".log");
            var process = new ProcessBuilder(command(task))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(task.contender()
                        + (ended ? " failed" : " was not done after " + LIMIT_MINUTES + " minutes") + ":\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
            }
            return lines.stream()
                    .filter(line -> line.startsWith(Finding.MARK))
                    .map(Finding::parse)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no process can be started for " + task.contender(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring " + task.contender(), e);
        }
    }

    /** Whether a contender can only run in a process of its own. */
    static boolean needsOwnClassPath(String contender) {
        return contender.startsWith(FLINK_ROCKSDB);
    }

    /** Whether what the contender needs is on the class path. */
    static boolean canRun(String contender) {
        return !needsOwnClassPath(contender)
                || classPath().stream().anyMatch(entry -> fileName(entry).startsWith("flink-statebackend-rocksdb"));
    }

    private static List<String> command(Task task) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        switch (task.measure()) {
            // Large pages for all, as the command line asks for them.
            case THROUGHPUT, LATENCY -> {
                command.addAll(List.of("-Xms2g", "-Xmx8g", task.collector().flag()));
                if (System.getProperty("os.name").equals("Linux")) {
                    command.add("-XX:+UseTransparentHugePages");
                }
            }
            // The serial collector leaves the live objects side by side, so that they can be weighed.
            case MEMORY -> command.addAll(List.of("-Xmx8g", "-XX:+UseSerialGC"));
        }
        command.addAll(List.of("-cp", classPathFor(task.contender()), Repetition.class.getName()));
        command.addAll(task.arguments());
        return command;
    }

    /** Flink's RocksDB and ours hold the same classes; a process gets one of them. */
    private static String classPathFor(String contender) {
        var forFlinkRocksDb = needsOwnClassPath(contender);
        return classPath().stream()
                .filter(entry -> {
                    var file = fileName(entry);
                    return forFlinkRocksDb
                            ? !file.startsWith("rocksdbjni")
                            : !file.startsWith("frocksdbjni") && !file.startsWith("flink-statebackend-rocksdb");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static String fileName(String entry) {
        return Path.of(entry).getFileName().toString();
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
