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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The files of one run, in one directory: per kind one in JSON Lines and one in Parquet. They appear under their names when all of them are
 * complete; until then the directory keeps what it had. Close without {@link #complete} and nothing has changed.
 */
public final class OutputFiles implements AutoCloseable {

    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
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
            this.json = new JsonFactory()
                    .createGenerator(new BufferedOutputStream(Files.newOutputStream(unfinished(lines)), 1 << 16))
                    .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        }
    }

    private OutputFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * @param directory made if it does not exist; other files in it are left alone
     * @param definition hash of the definition, which every row names
     * @param names of effects
     */
    public static OutputFiles in(Path directory, String definition, EffectNames names) throws IOException {
        Files.createDirectories(directory);
        OutputFiles files = new OutputFiles(directory);
        try {
            for (Output<?> output : new Outputs(definition, names).all()) {
                files.all.add(new Written<>(output, directory));
            }
            return files;
        } catch (IOException failed) {
            files.close();
            throw failed;
        }
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
    }
}
