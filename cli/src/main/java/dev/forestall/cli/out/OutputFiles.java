package dev.forestall.cli.out;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.views.out.Output;
import dev.forestall.views.out.Outputs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of one run, in one directory: per kind one in JSON Lines and one in Parquet. They appear under their names when all of them are
 * complete; until then the directory keeps what it had. Close without {@link #complete} and nothing has changed. What others have put there is never written over, links are not
 * followed, and one process writes at a time.
 */
public final class OutputFiles implements AutoCloseable {

    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final OwnFiles own;
    private final List<Written<?>> all = new ArrayList<>();

    /** One kind of file while it is written. */
    private static final class Written<T> {
        final Output<T> output;
        final Path lines;
        final Path parquet;
        final JsonGenerator json;
        long rows;

        Written(Output<T> output, Path directory) throws IOException {
            this.output = output;
            this.lines = directory.resolve(output.name() + ".jsonl");
            this.parquet = directory.resolve(output.name() + ".parquet");
            // What a crash has left under these names is ours; a link is taken away, and not what it leads to.
            Files.deleteIfExists(unfinished(lines));
            Files.deleteIfExists(unfinished(parquet));
            this.json = new JsonFactory()
                    .createGenerator(new BufferedOutputStream(
                            Files.newOutputStream(
                                    unfinished(lines), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            1 << 16))
                    .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        }
    }

    private OutputFiles(Path directory, OwnFiles own) {
        this.directory = directory;
        this.own = own;
    }

    /**
     * @param directory made if it does not exist; files of others in it are left alone
     * @param definition hash of the definition, which every row names
     * @param names of effects
     * @throws dev.forestall.cli.Refused when another process writes there, or somebody else has put a file there under one of the names
     */
    public static OutputFiles in(Path directory, String definition, EffectNames names) throws IOException {
        Files.createDirectories(directory);
        OutputFiles files = new OutputFiles(directory, OwnFiles.in(directory));
        try {
            List<Output<?>> outputs = new Outputs(definition, names).all();
            files.own.claim(files(outputs));
            for (Output<?> output : outputs) {
                files.all.add(new Written<>(output, directory));
            }
            return files;
        } catch (IOException | RuntimeException failed) {
            files.close();
            throw failed;
        }
    }

    /**
     * Looks whether files can be written to a directory, before what is to be in them is worked out.
     *
     * @throws dev.forestall.cli.Refused when another process writes there, or somebody else has put a file there under one of the names
     */
    public static void requireFree(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (OwnFiles own = OwnFiles.in(directory)) {
            own.claim(files(new Outputs("", EffectNames.PUBLISHED).all()));
        }
    }

    private static Set<String> files(List<Output<?>> outputs) {
        Set<String> files = new TreeSet<>();
        for (Output<?> output : outputs) {
            for (String ending : List.of(".jsonl", ".parquet")) {
                files.add(output.name() + ending);
                files.add(output.name() + ending + UNFINISHED);
            }
        }
        return files;
    }

    /** Adds one effect. They must come in the order of the log, and within an input by subject and index. */
    public void write(Effect effect) throws IOException {
        for (Written<?> each : all) {
            if (each.output.write(effect, each.json)) {
                each.rows++;
                return;
            }
        }
    }

    /** Writes Parquet from the lines, and puts everything in its place. Returns how many rows each kind has. */
    public SequencedMap<String, Long> complete() throws IOException {
        SequencedMap<String, Long> rows = new LinkedHashMap<>();
        try (Parquet parquet = Parquet.in(directory)) {
            for (Written<?> each : all) {
                if (each.rows > 0) {
                    each.json.writeRaw('\n');
                }
                each.json.close();
                parquet.write(each.output.schema(), unfinished(each.lines), unfinished(each.parquet));
                rows.put(each.output.name(), each.rows);
            }
        }
        for (Written<?> each : all) {
            move(each.lines);
            move(each.parquet);
        }
        return rows;
    }

    private static void move(Path file) throws IOException {
        Files.move(unfinished(file), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** Removes what was not completed. */
    @Override
    public void close() throws IOException {
        for (Written<?> each : all) {
            each.json.close();
            Files.deleteIfExists(unfinished(each.lines));
            Files.deleteIfExists(unfinished(each.parquet));
        }
        own.close();
    }
}
