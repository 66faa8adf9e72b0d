package dev.forestall.connectors.files;

import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reads JSON Lines: one object on each line. */
final class JsonRecords implements RecordReader {

    private final String file;
    private final Window window;
    private final Cursor cursor;
    private final JsonFields fields;
    private final Interpretation interpreter;
    private final long latestMillis;
    private Reading reading = Reading.Ignored.IGNORED;

    JsonRecords(String file, Window window, Interpretation interpreter, FileOptions options) {
        this.file = file;
        this.window = window;
        this.cursor = new Cursor(window, options.recordLimit(), false);
        this.fields = new JsonFields(interpreter.places());
        this.interpreter = interpreter;
        this.latestMillis = options.latestMillis();
    }

    @Override
    public boolean next() {
        while (cursor.moveOn()) {
            if (read()) {
                return true;
            }
            if (cursor.isBrokenOff()) {
                return false;
            }
        }
        return false;
    }

    /** Whether there is a record on the line: one of blanks alone is none. */
    private boolean read() {
        int end = fields.readLine(window.bytes(), cursor.from(), window.end());
        if (end >= 0) {
            cursor.take(end, 0);
            reading = interpreter.read(fields.values(), latestMillis);
            return true;
        }
        cursor.takeLine();
        if (cursor.isBrokenOff()) {
            return false;
        }
        if (isBlank()) {
            return false;
        }
        Optional<Rejected> problem = cursor.problem();
        reading = problem.isPresent() ? new Reading.Bad(problem.get()) : readWithCare();
        return true;
    }

    private boolean isBlank() {
        for (int at = cursor.from(); at < cursor.to(); at++) {
            byte each = window.bytes()[at];
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    private Reading readWithCare() {
        Optional<String> problem = fields.readWithCare(window.bytes(), cursor.from(), cursor.to());
        return problem.isPresent()
                ? new Reading.Bad(new Rejected(EventError.MALFORMED, "", problem.get()))
                : interpreter.read(fields.values(), latestMillis);
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
        return JsonPaths.of(raw());
    }

    @Override
    public List<String> unmet() {
        return interpreter.places().unmet(fields.values());
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
