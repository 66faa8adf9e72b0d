package dev.forestall.run;

import dev.forestall.loop.host.Origin;
import dev.forestall.views.look.SourceLine;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Finds the lines of the files from which inputs came. */
public final class SourceLines {

    private final RunRecord record;

    private SourceLines(RunRecord record) {
        this.record = record;
    }

    /** Of the files that were read into a data directory. */
    public static SourceLines of(DataFolder folder) throws IOException {
        return new SourceLines(folder.record());
    }

    /** The lines of some inputs, by input; those whose file is not known are left out. Reads each file once. */
    public Map<Origin, SourceLine> find(Collection<Origin> origins) throws IOException {
        Map<String, List<Origin>> bySource = new TreeMap<>();
        for (Origin origin : origins) {
            bySource.computeIfAbsent(origin.source(), source -> new ArrayList<>())
                    .add(origin);
        }
        Map<Origin, SourceLine> found = new java.util.LinkedHashMap<>();
        for (Map.Entry<String, List<Origin>> each : bySource.entrySet()) {
            Optional<SourceFile> source = record.source(each.getKey());
            if (source.isPresent()) {
                find(source.get(), each.getValue(), found);
            }
        }
        return found;
    }

    private static void find(SourceFile source, List<Origin> origins, Map<Origin, SourceLine> found)
            throws IOException {
        boolean isUnchanged = source.isUnchanged();
        Map<Long, String> lines = new TreeMap<>();
        if (Files.isReadable(source.path())) {
            long last = origins.stream().mapToLong(Origin::line).max().orElse(0);
            List<Long> wanted = origins.stream().map(Origin::line).toList();
            try (BufferedReader reader = reader(source.path())) {
                long number = 1;
                for (String line = reader.readLine(); line != null && number <= last; line = reader.readLine()) {
                    if (wanted.contains(number)) {
                        lines.put(number, line);
                    }
                    number++;
                }
            }
        }
        for (Origin origin : origins) {
            found.put(
                    origin, new SourceLine(source.path(), Optional.ofNullable(lines.get(origin.line())), isUnchanged));
        }
    }

    private static BufferedReader reader(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean isPacked = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        InputStream unpacked = isPacked ? new GZIPInputStream(in, 1 << 16) : in;
        return new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8), 1 << 16);
    }
}
