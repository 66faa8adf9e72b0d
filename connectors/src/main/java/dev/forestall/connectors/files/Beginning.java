package dev.forestall.connectors.files;

import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a file begins, to see which of several mappings it was meant for.
 *
 * @param format of the file
 * @param text its first bytes, as far as they are whole lines
 */
record Beginning(Format format, String text) {

    private static final int LOOKED_AT = 1 << 16;
    private static final Pattern KEY = Pattern.compile("key\\s*=\\s*[\"']([^\"']+)[\"']");

    /** @throws WrongFile when it cannot be read */
    static Beginning of(Path file) {
        Opened opened = Opened.of(file, FileOptions.Stretch.WHOLE);
        try (var in = opened.in()) {
            byte[] bytes = in.readNBytes(LOOKED_AT);
            String text = new String(bytes, opened.encoding());
            int lastLine = text.lastIndexOf('\n');
            return new Beginning(
                    opened.format(), bytes.length < LOOKED_AT || lastLine < 0 ? text : text.substring(0, lastLine));
        } catch (IOException broken) {
            throw BrokenOff.of(opened.name(), broken, 1);
        }
    }

    /** How many of the places that a mapping reads the file has. */
    int placesOf(FileMapping mapping) {
        Set<String> wanted = new LinkedHashSet<>(mapping.identifiers().values());
        wanted.add(mapping.time().place());
        if (mapping.type() instanceof TypeFrom.Told told) {
            wanted.addAll(told.places());
        }
        mapping.properties().forEach(property -> wanted.add(property.place()));
        wanted.retainAll(names(mapping.delimiter()));
        return wanted.size();
    }

    /** The name that stands there and that somebody may have meant; empty for none. */
    String nearest(String place, char delimiter) {
        return Nearest.to(place, names(delimiter))
                .map(near -> "; maybe '" + near + "' is meant?")
                .orElse("");
    }

    private Set<String> names(char delimiter) {
        return switch (format) {
            case CSV -> columns(delimiter);
            case JSON_LINES -> {
                Set<String> names = new LinkedHashSet<>();
                text.lines().forEach(line -> names.addAll(JsonPaths.of(line)));
                yield names;
            }
            case XES -> attributes();
        };
    }

    private Set<String> columns(char delimiter) {
        byte[] header = text.lines().findFirst().orElse("").getBytes(StandardCharsets.UTF_8);
        CsvFields fields = new CsvFields(delimiter);
        Window window = new Window(header);
        fields.find(header, 0, header.length);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.text(window, i));
        }
        return new LinkedHashSet<>(names);
    }

    /** The keys that stand there, as attributes of events and as those of traces: good enough to tell two mappings apart. */
    private Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        KEY.matcher(text).results().map(found -> found.group(1)).forEach(key -> {
            names.add(key);
            names.add(XesRecords.TRACE + key);
        });
        return names;
    }
}
