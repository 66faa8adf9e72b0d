package dev.forestall.connectors.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping.Format;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads a file of records that were rejected, each as it would be read in the file it came from. */
final class RejectedRecords implements RecordReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final char REPLACEMENT = '\uFFFD';

    private final String file;
    private final Window window;
    private final Cursor cursor;
    private final Formats formats;
    private Reading reading = Reading.Ignored.IGNORED;
    private String raw = "";
    private Form form = Form.NONE;

    RejectedRecords(String file, Window window, Formats formats, int limit) {
        this.file = file;
        this.window = window;
        this.cursor = new Cursor(window, limit, false);
        this.formats = formats;
    }

    @Override
    public boolean next() {
        if (!cursor.moveOn()) {
            return false;
        }
        cursor.takeLine();
        if (cursor.isBrokenOff()) {
            return false;
        }
        raw = cursor.raw();
        form = Form.NONE;
        Optional<Rejected> problem = cursor.problem();
        reading = problem.isPresent() ? new Reading.Bad(problem.get()) : readLine();
        return true;
    }

    private Reading readLine() {
        String text = "";
        String format = "";
        String header = "";
        try (JsonParser json = JSON.createParser(window.bytes(), cursor.from(), cursor.to() - cursor.from())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return malformed("", "expected an object in braces");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case RejectedFile.RAW -> text = json.getValueAsString("");
                    case RejectedFile.FORMAT -> format = json.getValueAsString("");
                    case RejectedFile.HEADER -> header = json.getValueAsString("");
                    default -> json.skipChildren();
                }
            }
        } catch (IOException broken) {
            return malformed(
                    "", "found no well-formed JSON object; within raw, a quote is written \\\" and a backslash \\\\");
        }
        Form found = new Form(format, header);
        Optional<Format> known = found.known();
        if (known.isEmpty()) {
            return malformed(
                    RejectedFile.FORMAT, "found " + Shown.text(format, false) + ", expected csv, json_lines or xes");
        }
        raw = text;
        form = found;
        return read(known.get());
    }

    private Reading read(Format format) {
        if (raw.endsWith(CUT)) {
            return new Reading.Bad(
                    new Rejected(
                            EventError.TOO_LARGE,
                            RejectedFile.RAW,
                            "found the beginning of a record only, the rest was cut; replace it by the whole record, shortened"));
        }
        if (raw.indexOf(REPLACEMENT) >= 0) {
            return malformed(
                    RejectedFile.RAW, "found letters that could not be read (\uFFFD); replace them by the right ones");
        }
        try (RecordReader one = formats.one(format, form, raw)) {
            if (!one.next()) {
                return malformed(
                        RejectedFile.RAW,
                        one.failure().map(WrongFile::getMessage).orElse("found nothing, expected a record"));
            }
            Reading read = one.reading();
            boolean isOnly = !one.next() && one.failure().isEmpty();
            return isOnly || read instanceof Reading.Bad
                    ? read
                    : malformed(RejectedFile.RAW, "found more than one record");
        } catch (WrongFile wrong) {
            return malformed(RejectedFile.HEADER, wrong.getMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("closing a text failed", impossible);
        }
    }

    private static Reading malformed(String field, String detail) {
        return new Reading.Bad(new Rejected(EventError.MALFORMED, field, detail));
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
        return raw;
    }

    @Override
    public Form form(Form ofFile) {
        return form;
    }

    @Override
    public List<String> names() {
        return List.of();
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
