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
     * The first mapping with a pattern that the file's name matches, with or without {@code .gz} at its end; else the first that is meant
     * for any file.
     *
     * @throws WrongFile when there is none
     */
    public static FileMapping forFile(Path file, List<FileMapping> mappings) {
        String name = String.valueOf(file.getFileName());
        String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        for (FileMapping mapping : mappings) {
            for (String pattern : mapping.files()) {
                Pattern compiled = compiled(pattern);
                if (compiled.matcher(name).matches()
                        || compiled.matcher(unpacked).matches()) {
                    return mapping;
                }
            }
        }
        return mappings.stream()
                .filter(mapping -> mapping.files().isEmpty())
                .findFirst()
                .orElseThrow(() -> new WrongFile(
                        ConnectorError.NO_MAPPING,
                        "no file mapping of the pack is meant for " + name + "; it has "
                                + (mappings.isEmpty()
                                        ? "none"
                                        : mappings.stream()
                                                .map(mapping -> "'" + mapping.name() + "' for "
                                                        + String.join(", ", mapping.files()))
                                                .collect(Collectors.joining("; ")))
                                + ". Name a mapping, or add one to the pack."));
    }

    private static Pattern compiled(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
