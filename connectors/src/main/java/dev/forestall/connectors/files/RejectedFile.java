package dev.forestall.connectors.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.Origin;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes records that were rejected to a file of JSON Lines, one record each: {@code code}, {@code field}, {@code detail}, {@code file},
 * {@code line}, {@code format}, the CSV {@code header}, and {@code raw}, the record as it stood. To repair one, edit its {@code raw};
 * then read the file with {@link FileSource#openRejected}. It holds customers' data.
 */
public final class RejectedFile implements AutoCloseable {

    static final String CODE = "code";
    static final String FIELD = "field";
    static final String DETAIL = "detail";
    static final String FILE = "file";
    static final String LINE = "line";
    static final String FORMAT = "format";
    static final String HEADER = "header";
    static final String RAW = "raw";

    private static final JsonFactory JSON = new JsonFactory();

    private final BufferedWriter out;

    private RejectedFile(BufferedWriter out) {
        this.out = out;
    }

    /** Starts a new file; one of that name is replaced. */
    public static RejectedFile create(Path file) throws IOException {
        return writer(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** Goes on with a file, or starts it. */
    public static RejectedFile append(Path file) throws IOException {
        return writer(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static RejectedFile writer(Path file, OpenOption... options) throws IOException {
        return new RejectedFile(Files.newBufferedWriter(file, options));
    }

    public void write(FileRecord.Rejection rejection) throws IOException {
        write(rejection.origin(), rejection.rejected(), rejection.raw(), rejection.form());
    }

    /**
     * Writes one record.
     *
     * @param raw as it stood in the file
     * @param form of {@code raw}: that of the record, or of the source it came from
     */
    public void write(Origin origin, Rejected rejected, String raw, Form form) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField(CODE, rejected.code().code());
            json.writeStringField(FIELD, rejected.field());
            json.writeStringField(DETAIL, rejected.detail());
            json.writeStringField(FILE, origin.source());
            json.writeNumberField(LINE, origin.line());
            json.writeStringField(FORMAT, form.format());
            if (form.known().filter(Format.CSV::equals).isPresent()) {
                json.writeStringField(HEADER, form.header());
            }
            json.writeStringField(RAW, raw);
            json.writeEndObject();
        }
        out.write(line.append('\n').toString());
    }

    /** @throws WrongFile when it does not look like a file of records rejected */
    static Opened open(Path file) {
        Opened opened = Opened.of(file, FileOptions.Stretch.WHOLE);
        if (opened.format() != Format.JSON_LINES) {
            try {
                opened.in().close();
            } catch (IOException broken) {
                throw BrokenOff.of(opened.name(), broken, 1);
            }
            throw new WrongFile(
                    ConnectorError.UNKNOWN_FORMAT,
                    opened.name()
                            + " holds no records that were set aside: expected lines like {\"code\":\"EVT-003\", ... \"raw\":\"...\"}.");
        }
        return opened;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
