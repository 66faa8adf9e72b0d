package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads CSV with a header. A record that does not follow the rules costs its first line only: reading goes on at the next line, so that
 * a stray quote never swallows what follows it.
 */
final class CsvRecords implements RecordReader {

    /** Begins a first line that says what stands between columns. */
    private static final String SEPARATOR = "sep=";

    private final String file;
    private final Window window;
    private final Cursor cursor;
    private CsvFields fields;
    private final Interpretation interpreter;
    private final long latestMillis;
    private final String header;
    private final List<String> names = new ArrayList<>();
    private final int[] placeOfColumn;
    private final RecordValues values;
    private Reading reading = Reading.Ignored.IGNORED;

    /** @throws WrongFile when the file has no header with the columns that the mapping names */
    CsvRecords(String file, Window window, char delimiter, Interpretation interpreter, FileOptions options) {
        this.file = file;
        this.window = window;
        this.cursor = new Cursor(window, options.recordLimit(), true);
        this.fields = new CsvFields(delimiter);
        this.interpreter = interpreter;
        this.latestMillis = options.latestMillis();
        this.values = new RecordValues(interpreter.places());
        if (!cursor.moveOn()) {
            throw failure()
                    .orElseGet(() -> new WrongFile(
                            ConnectorError.EMPTY,
                            file + " is empty; expected a header and records. Was it written completely?"));
        }
        take();
        if (cursor.isBrokenOff()) {
            throw failure().orElseThrow();
        }
        char between = delimiter;
        String first = cursor.raw();
        if (first.length() == SEPARATOR.length() + 1 && first.startsWith(SEPARATOR)) {
            // Excel writes so what stands between columns, and it knows better than the mapping.
            between = first.charAt(SEPARATOR.length());
            this.fields = new CsvFields(between);
            if (!cursor.moveOn()) {
                throw failure()
                        .orElseGet(() -> new WrongFile(
                                ConnectorError.EMPTY, file + " has no header behind its first line, " + first));
            }
            take();
            this.header = first + "\n" + cursor.raw();
        } else {
            this.header = first;
        }
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.text(window, i));
        }
        this.placeOfColumn = new CsvHeader(names, between, header)
                .placesOfColumns(file, interpreter.places().names());
    }

    /** The header as it stands in the file, with a line before that says what stands between columns. */
    String header() {
        return header;
    }

    @Override
    public boolean next() {
        if (!cursor.moveOn()) {
            return false;
        }
        Optional<Rejected> malformed = take();
        if (cursor.isBrokenOff()) {
            return false;
        }
        Optional<Rejected> problem = cursor.problem().or(() -> malformed);
        if (problem.isEmpty() && fields.count() != names.size()) {
            problem = Optional.of(new Rejected(
                    EventError.MALFORMED,
                    "",
                    "found " + fields.count() + " columns, the header has " + names.size()
                            + "; does a value hold a delimiter without quotes around it?"));
        }
        reading = problem.isPresent() ? new Reading.Bad(problem.get()) : interpret();
        return true;
    }

    private Reading interpret() {
        values.turnTo(window.bytes());
        for (int column = 0; column < placeOfColumn.length; column++) {
            if (placeOfColumn[column] >= 0) {
                fields.fill(values, placeOfColumn[column], window, column);
            }
        }
        return interpreter.read(values, latestMillis);
    }

    /** Finds the record's fields and its end; if it has none, takes its first line and says what is wrong. */
    private Optional<Rejected> take() {
        CsvFields.Outcome outcome = fields.find(window.bytes(), cursor.from(), window.end());
        while (mayGoOn(outcome) && cursor.more()) {
            outcome = fields.find(window.bytes(), cursor.from(), window.end());
        }
        return switch (outcome) {
            case FOUND -> {
                if (fields.end() == window.end() && !window.isLast()) {
                    cursor.takeLine();
                    yield Optional.of(cursor.tooLarge());
                }
                cursor.take(fields.end(), fields.lineEnds());
                yield Optional.empty();
            }
            case OPEN_QUOTE -> {
                cursor.takeLine();
                yield Optional.of(new Rejected(
                        EventError.MALFORMED, "", "found a quote that opens a value and none that closes it"));
            }
            case AFTER_QUOTE -> {
                cursor.takeLine();
                yield Optional.of(new Rejected(
                        EventError.MALFORMED,
                        "",
                        "found text behind a closing quote; a quote within a quoted value is written twice"));
            }
        };
    }

    /**
     * Whether more bytes could change what was found: the LF of a CR LF, or the second half of a doubled quote, may follow, too. What stands
     * behind a closing quote is seen already.
     */
    private boolean mayGoOn(CsvFields.Outcome outcome) {
        return outcome == CsvFields.Outcome.OPEN_QUOTE
                || outcome == CsvFields.Outcome.FOUND && fields.end() >= window.end() - 1;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public long line() {
        return window.line();
    }

    @Override
    public long offset() {
        return window.offset();
    }

    @Override
    public String raw() {
        return cursor.raw();
    }

    @Override
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public SortedMap<String, Long> placeholders() {
        return interpreter.placeholders();
    }

    @Override
    public Optional<WrongFile> failure() {
        return window.failure().map(broken -> BrokenOff.of(file, broken, window.line()));
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
