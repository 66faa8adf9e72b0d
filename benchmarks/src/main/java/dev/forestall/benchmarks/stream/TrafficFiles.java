package dev.forestall.benchmarks.stream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The traffic as files of JSON lines, one per partition, each in the order of arrival. Written once, then used again. */
public final class TrafficFiles {

    /** To be raised when the generator changes, so that no old file is taken for a new one. */
    private static final int GENERATION = 1;

    private TrafficFiles() {}

    public static List<Path> in(Path folder, StreamSize size, int partitions) {
        var files = new ArrayList<Path>();
        for (var i = 0; i < partitions; i++) {
            files.add(
                    folder.resolve("%s-%d-part-%d-of-%d.jsonl".formatted(size.label(), GENERATION, i + 1, partitions)));
        }
        try {
            if (!files.stream().allMatch(Files::exists)) {
                write(files, Traffic.of(size));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stream cannot be written into " + folder, e);
        }
        return files;
    }

    private static void write(List<Path> files, Traffic traffic) throws IOException {
        var outputs = new ArrayList<OutputStream>();
        var unfinished = new ArrayList<Path>();
        try {
            for (var file : files) {
                Files.createDirectories(file.getParent());
                var path = file.resolveSibling(file.getFileName() + ".unfinished");
                unfinished.add(path);
                outputs.add(new BufferedOutputStream(Files.newOutputStream(path), 1 << 20));
            }
            for (var i = 0; i < traffic.events(); i++) {
                var activity = traffic.activity(i);
                outputs.get(Partition.of(activity.customer(), files.size())).write(ActivityJson.line(activity));
            }
        } finally {
            for (var output : outputs) {
                output.close();
            }
        }
        for (var i = 0; i < files.size(); i++) {
            Files.move(unfinished.get(i), files.get(i), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
