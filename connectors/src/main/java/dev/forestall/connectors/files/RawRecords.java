package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.host.FileMapping.Format;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file that no mapping describes, as texts by the places where they stand: columns of CSV, fields of JSON Lines, attributes of
 * XES. For one thread. Close it after use.
 */
public final class RawRecords implements AutoCloseable {

    /** Between the columns of CSV files that there are. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    /** So many records say what stands between columns, and which places there are where no header lists them. */
    private static final int LOOKED_AT = 1_000;

    /** A file with more is no log of events. */
    private static final int MOST_PLACES = 500;

    private final String file;
    private final Shape shape;
    private final Taken taken;
    private final RecordReader reader;
    private long unreadable;

    /**
     * How a file is made up.
     *
     * @param delimiter between the columns of CSV
     * @param places where values stand, in the order in which they were met
     * @param repeated names of columns that are there more than once, so that nothing can be read by them
     */
    public record Shape(Format format, char delimiter, List<String> places, List<String> repeated) {
        public Shape {
            places = List.copyOf(places);
            repeated = List.copyOf(repeated);
        }
    }

    /** Keeps the values of a record as they are. */
    private static final class Taken implements Interpretation {
        private final Places places = new Places();
        private @Nullable RecordValues values;

        Taken(List<String> names) {
            names.forEach(places::number);
        }

        @Override
        public Places places() {
            return places;
        }

        @Override
        public Reading read(RecordValues of, long latestMillis) {
            values = of;
            return Reading.Ignored.IGNORED;
        }
    }

    private RawRecords(Path path, Shape shape) {
        this.file = String.valueOf(path.getFileName());
        this.shape = shape;
        this.taken = new Taken(shape.places());
        this.reader = reader(path, shape.delimiter(), taken);
    }

    /**
     * Looks how a file is made up.
     *
     * @param delimiter between the columns of CSV; the one that fits best when it is not given
     * @throws WrongFile when it cannot be read, or holds no records
     */
    public static Shape shape(Path file, Optional<Character> delimiter) {
        Format format = format(file);
        if (format != Format.CSV) {
            return new Shape(format, ',', placesMet(file), List.of());
        }
        List<Character> candidates = delimiter.map(List::of).orElse(DELIMITERS);
        Shape best = columns(file, candidates.getFirst());
        long bestFit = fit(file, best);
        for (char each : candidates.subList(1, candidates.size())) {
            Shape other = columns(file, each);
            long fit = fit(file, other);
            if (fit > bestFit) {
                best = other;
                bestFit = fit;
            }
        }
        if (best.places().size() > MOST_PLACES) {
            throw new WrongFile(
                    ConnectorError.MISSING_COLUMNS,
                    file.getFileName() + " has " + best.places().size() + " columns; a log of events has at most "
                            + MOST_PLACES + ". Leave out those that are of no use");
        }
        return best;
    }

    /** Opens a file of a known shape, at its beginning. */
    public static RawRecords open(Path file, Shape shape) {
        return new RawRecords(file, shape);
    }

    private static Format format(Path file) {
        Opened opened = Opened.of(file, FileOptions.Stretch.WHOLE);
        try (var in = opened.in()) {
            return opened.format();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Shape columns(Path file, char delimiter) {
        try (RecordReader reader = reader(file, delimiter, new Taken(List.of()))) {
            List<String> names = reader.names();
            List<String> repeated = names.stream()
                    .filter(each -> Collections.frequency(names, each) > 1)
                    .distinct()
                    .toList();
            List<String> places = names.stream()
                    .filter(each -> !each.isBlank() && !repeated.contains(each))
                    .toList();
            return new Shape(Format.CSV, delimiter, places, repeated);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** How many values the first records have under the names of the header. */
    private static long fit(Path file, Shape shape) {
        long good = 0;
        try (RecordReader reader = reader(file, shape.delimiter(), new Taken(List.of()))) {
            for (int read = 0; read < LOOKED_AT && reader.next(); read++) {
                good += reader.reading() instanceof Reading.Bad ? 0 : 1;
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        // One column fits any text.
        return shape.places().size() <= 1 ? 0 : good * shape.places().size();
    }

    private static List<String> placesMet(Path file) {
        SequencedSet<String> places = new LinkedHashSet<>();
        int read = 0;
        try (RecordReader reader = reader(file, ',', new Taken(List.of()))) {
            while (read < LOOKED_AT && places.size() <= MOST_PLACES && reader.next()) {
                read++;
                if (!(reader.reading() instanceof Reading.Bad)) {
                    places.addAll(reader.names());
                }
            }
            if (read == 0) {
                throw reader.failure()
                        .orElseGet(() -> new WrongFile(
                                ConnectorError.EMPTY,
                                file.getFileName() + " holds no records. Was it written completely?"));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new ArrayList<>(places).subList(0, Math.min(MOST_PLACES, places.size()));
    }

    private static RecordReader reader(Path path, char delimiter, Interpretation into) {
        FileOptions options = FileOptions.upTo(Instant.EPOCH);
        Opened opened = Opened.of(path, FileOptions.Stretch.WHOLE);
        try {
            return switch (opened.format()) {
                case CSV -> new CsvRecords(opened.name(), window(opened, options), delimiter, into, options);
                case JSON_LINES -> new JsonRecords(opened.name(), window(opened, options), into, options);
                case XES ->
                    new XesRecords(opened.name(), new InputStreamReader(opened.in(), opened.encoding()), into, options);
            };
        } catch (WrongFile wrong) {
            try {
                opened.in().close();
            } catch (IOException alsoBroken) {
                wrong.addSuppressed(alsoBroken);
            }
            throw wrong;
        }
    }

    private static Window window(Opened opened, FileOptions options) {
        return new Window(opened.in(), options.recordLimit(), opened.mark());
    }

    public Shape shape() {
        return shape;
    }

    /**
     * Moves to the next record that can be read. False at the end.
     *
     * @throws WrongFile when the file cannot be read to its end
     */
    public boolean next() {
        while (reader.next()) {
            if (!(reader.reading() instanceof Reading.Bad)) {
                return true;
            }
            unreadable++;
        }
        reader.failure().ifPresent(failure -> {
            throw failure;
        });
        return false;
    }

    /** The value at a place of the record, by the place's number in {@link Shape#places}; null when there is none, or a list or an object. */
    public @Nullable String text(int place) {
        RecordValues values = taken.values;
        if (values == null) {
            throw new IllegalStateException("no record of " + file + " was read yet");
        }
        String text = values.text(place);
        return text == null || text == RecordValues.STRUCTURE || text.isEmpty() ? null : text;
    }

    /** How many records so far could not be read at all. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
