package dev.forestall.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forestall.loop.event.EventError;
import dev.forestall.views.report.Report.Rejection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a data directory that hold what could not be used and was not repaired yet. */
public final class RejectedFiles {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int EXAMPLES = 3;

    private RejectedFiles() {}

    /**
     * The records of one kind in one file.
     *
     * @param file that holds them
     * @param examples the first ones
     */
    public record Kind(Path file, String code, String title, long count, List<Entry> examples) {}

    /**
     * One record.
     *
     * @param source the file it came from
     * @param line in that file
     * @param field that was wrong, empty for the record as a whole
     * @param detail what was found and what was expected
     */
    public record Entry(String code, String source, long line, String field, String detail) {}

    /** All that is rejected, by file, and in each the most frequent kind first. */
    public static List<Kind> kinds(DataFolder folder) throws IOException {
        List<Kind> kinds = new ArrayList<>();
        for (Path file : files(folder)) {
            kinds.addAll(kinds(file));
        }
        return kinds;
    }

    /** The same as a report shows it. */
    public static List<Rejection> counts(DataFolder folder) throws IOException {
        return kinds(folder).stream()
                .map(each -> new Rejection(
                        each.code(), each.title(), each.count(), each.file().toString()))
                .toList();
    }

    /** The files themselves. */
    public static List<Path> files(DataFolder folder) throws IOException {
        if (!Files.isDirectory(folder.rejected())) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder.rejected())) {
            return listed.filter(file -> file.toString().endsWith(DataFolder.REJECTED_ENDING))
                    .sorted()
                    .toList();
        }
    }

    private static List<Kind> kinds(Path file) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, List<Entry>> examples = new TreeMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    Entry entry = entry(line);
                    counts.merge(entry.code, 1L, Long::sum);
                    List<Entry> some = examples.computeIfAbsent(entry.code, code -> new ArrayList<>());
                    if (some.size() < EXAMPLES) {
                        some.add(entry);
                    }
                }
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(each -> new Kind(
                        file,
                        each.getKey(),
                        title(each.getKey()),
                        each.getValue(),
                        List.copyOf(examples.getOrDefault(each.getKey(), List.of()))))
                .toList();
    }

    /** Reads one line; people edit these files, so one that is not understood is a kind of its own. */
    static Entry entry(String line) {
        String code = "";
        String source = "";
        long number = 0;
        String field = "";
        String detail = "";
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "code" -> code = json.getValueAsString("");
                    case "file" -> source = json.getValueAsString("");
                    case "line" -> number = json.getValueAsLong(0);
                    case "field" -> field = json.getValueAsString("");
                    case "detail" -> detail = json.getValueAsString("");
                    default -> json.skipChildren();
                }
            }
        } catch (IOException notJson) {
            return new Entry(EventError.MALFORMED.code(), "", 0, "", "this line is no JSON object any more");
        }
        return new Entry(code.isEmpty() ? EventError.MALFORMED.code() : code, source, number, field, detail);
    }

    private static String title(String code) {
        return Arrays.stream(EventError.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .map(EventError::title)
                .orElse("");
    }
}
