package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the beginning of a file that has no header and stops at once when it cannot be what the mapping is for, rather than rejected
 * a million records one by one.
 */
final class Probe {

    private static final int RECORDS = 100;

    private Probe() {}

    /** @throws WrongFile when none of the first records is one, or has what every event needs */
    static void check(Path file, Formats formats, FileMapping mapping) {
        Formats.Source source = formats.open(file);
        try (RecordReader reader = source.reader()) {
            if (source.opened().format() != Format.CSV) {
                check(source.opened().name(), reader, mapping);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void check(String file, RecordReader reader, FileMapping mapping) {
        Set<String> names = new LinkedHashSet<>();
        int read = 0;
        int malformed = 0;
        while (read < RECORDS && reader.next()) {
            read++;
            if (reader.reading() instanceof Reading.Good) {
                // It has what every event needs, even where only its beginning is kept for its names to be listed.
                return;
            }
            if (reader.reading() instanceof Reading.Bad bad && bad.rejected().code() == EventError.MALFORMED) {
                malformed++;
            } else {
                names.addAll(reader.names());
            }
        }
        if (read == 0) {
            throw reader.failure()
                    .orElseGet(() -> new WrongFile(
                            ConnectorError.EMPTY, file + " holds no records. Was it written completely?"));
        }
        if (malformed == read) {
            throw new WrongFile(
                    ConnectorError.UNKNOWN_FORMAT,
                    file + ": none of the first " + read
                            + " records can be read. In JSON Lines each line holds one object;"
                            + " objects over several lines are converted with: jq -c . " + file);
        }
        List<String> problems = problems(mapping, names);
        if (!problems.isEmpty()) {
            throw new WrongFile(
                    ConnectorError.MISSING_COLUMNS,
                    file + ": none of the first " + read + " records has " + String.join(", nor ", problems)
                            + ". They have "
                            + String.join(", ", names.stream().limit(30).toList())
                            + ". Correct the names in the mapping, or use the file the mapping is meant for.");
        }
    }

    /** What every event needs and no record has: one of the identifiers, a time, something that tells the kind. */
    private static List<String> problems(FileMapping mapping, Set<String> names) {
        List<String> problems = new ArrayList<>();
        if (mapping.identifiers().values().stream().noneMatch(names::contains)) {
            problems.add(shown(List.copyOf(mapping.identifiers().values()), names));
        }
        if (!names.contains(mapping.time().place())) {
            problems.add(shown(List.of(mapping.time().place()), names));
        }
        if (mapping.type() instanceof TypeFrom.Told told
                && told.places().stream().noneMatch(names::contains)) {
            problems.add(shown(told.places(), names));
        }
        return problems;
    }

    private static String shown(List<String> places, Set<String> names) {
        List<String> shown = new ArrayList<>();
        for (String place : places) {
            shown.add("'" + place + "'"
                    + Nearest.to(place, names)
                            .map(near -> " (but '" + near + "')")
                            .orElse(""));
        }
        return String.join(" or ", shown);
    }
}
