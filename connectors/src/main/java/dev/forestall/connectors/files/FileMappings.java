package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.host.FileMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the mapping that is meant for a file. */
public final class FileMappings {

    private FileMappings() {}

    /**
     * The mapping by whose pattern the file is named, with or without {@code .gz} at its end; else one that is meant for any file. Of several,
     * one for the file's format; of several for that, the one most of whose places the file has, and of equals the first.
     *
     * @throws WrongFile when there is none, or the file cannot be read
     */
    public static FileMapping forFile(Path file, List<FileMapping> mappings) {
        String name = String.valueOf(file.getFileName());
        String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        List<FileMapping> meant = mappings.stream()
                .filter(mapping -> mapping.files().stream()
                        .map(FileMappings::compiled)
                        .anyMatch(pattern -> pattern.matcher(name).matches()
                                || pattern.matcher(unpacked).matches()))
                .toList();
        if (meant.isEmpty()) {
            meant = mappings.stream()
                    .filter(mapping -> mapping.files().isEmpty())
                    .toList();
        }
        if (meant.isEmpty()) {
            throw new WrongFile(
                    ConnectorError.NO_MAPPING,
                    "no file mapping of the pack is meant for " + name + "; it has "
                            + (mappings.isEmpty()
                                    ? "none"
                                    : mappings.stream()
                                            .map(mapping -> "'" + mapping.name() + "' for "
                                                    + String.join(", ", mapping.files()))
                                            .collect(Collectors.joining("; ")))
                            + ". Name a mapping, or add one to the pack.");
        }
        return meant.size() == 1 ? meant.getFirst() : fitting(file, meant);
    }

    private static FileMapping fitting(Path file, List<FileMapping> meant) {
        Beginning beginning = Beginning.of(file);
        List<FileMapping> fitting = meant.stream()
                .filter(mapping -> mapping.formats().contains(beginning.format()))
                .toList();
        // None is for such a format: the first says so in its own words when it opens the file.
        FileMapping best = fitting.isEmpty() ? meant.getFirst() : fitting.getFirst();
        if (fitting.size() > 1) {
            int most = -1;
            for (FileMapping mapping : fitting) {
                int places = beginning.placesOf(mapping);
                if (places > most) {
                    most = places;
                    best = mapping;
                }
            }
        }
        return best;
    }

    private static Pattern compiled(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
