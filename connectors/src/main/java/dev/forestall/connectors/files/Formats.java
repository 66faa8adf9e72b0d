package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Chooses the reader for a file's format. */
final class Formats {

    private final FileMapping mapping;
    private final TrackingPlan plan;
    private final FileOptions options;

    /** @throws IllegalArgumentException when the mapping names what the tracking plan does not have */
    Formats(FileMapping mapping, TrackingPlan plan, FileOptions options) {
        this.mapping = mapping;
        this.plan = plan;
        this.options = options;
        interpreter();
    }

    private Interpreter interpreter() {
        return new Interpreter(mapping, plan);
    }

    /** A file that was found to be of one format, with its reader. */
    record Source(Opened opened, RecordReader reader, Form form) {}

    /** @throws WrongFile when the file cannot be read, or is nothing that the mapping is for */
    Source open(Path file) {
        Opened opened = Opened.of(file, options.stretch());
        try {
            if (!mapping.formats().contains(opened.format())) {
                throw new WrongFile(
                        ConnectorError.UNKNOWN_FORMAT,
                        opened.name() + " looks like " + name(opened.format()) + ", but the mapping '" + mapping.name()
                                + "' is for "
                                + mapping.formats().stream().map(Formats::name).collect(Collectors.joining(", "))
                                + ".");
            }
            return open(opened);
        } catch (WrongFile wrong) {
            try {
                opened.in().close();
            } catch (IOException alsoBroken) {
                wrong.addSuppressed(alsoBroken);
            }
            throw wrong;
        }
    }

    private Source open(Opened opened) {
        Interpreter interpreter = interpreter();
        String name = opened.name();
        return switch (opened.format()) {
            case CSV -> {
                CsvRecords csv = new CsvRecords(name, window(opened), mapping.delimiter(), interpreter, options);
                yield new Source(opened, csv, Form.of(Format.CSV, csv.header()));
            }
            case JSON_LINES ->
                new Source(
                        opened,
                        new JsonRecords(name, window(opened), interpreter, options),
                        Form.of(Format.JSON_LINES, ""));
            case XES ->
                new Source(
                        opened,
                        new XesRecords(
                                name, new InputStreamReader(opened.in(), opened.encoding()), interpreter, options),
                        Form.of(Format.XES, ""));
        };
    }

    private Window window(Opened opened) {
        return new Window(opened.in(), options.recordLimit(), opened.mark());
    }

    /** Reads the text of one record that once stood in a file. */
    RecordReader one(Format format, Form form, String raw) {
        return switch (format) {
            case CSV ->
                new CsvRecords("", window(form.header() + "\n" + raw), mapping.delimiter(), interpreter(), options);
            case JSON_LINES -> new JsonRecords("", window(raw), interpreter(), options);
            case XES -> new XesRecords("", new StringReader("<log>" + raw + "</log>"), interpreter(), options);
        };
    }

    private static Window window(String text) {
        return new Window(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(Format format) {
        return switch (format) {
            case CSV -> "CSV";
            case JSON_LINES -> "JSON Lines";
            case XES -> "XES";
        };
    }
}
