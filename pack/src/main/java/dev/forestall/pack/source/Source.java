package dev.forestall.pack.source;

import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All files of a pack as one tree.
 *
 * @param content the sections of all files together
 * @param baselines the text of {@code baselines.json}, null when there is none
 * @param folder where the files stand that the pack names; null when it is a text without files
 */
public record Source(
        Entries content,
        @Nullable String baselines,
        @Nullable Path folder) {

    /** The file that every pack folder has. */
    public static final String MAIN = "pack.yaml";

    /** In this folder of the pack, each file is one calendar. */
    public static final String CALENDARS = "calendars";

    /** What was learned from history, beside the pack. */
    public static final String BASELINES = "baselines.json";

    /** Some editors begin a file with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A pack file may be so large. */
    static final long MAX_BYTES = 1_000_000;

    /**
     * Reads a folder with {@code pack.yaml}, further {@code .yaml} files and a folder of calendars, or a single file.
     *
     * @return null when nothing of it could be read; then there is a problem
     */
    public static @Nullable Source read(Path pack, Problems problems) {
        try {
            if (Files.isDirectory(pack)) {
                return readFolder(pack, problems);
            }
            if (!Files.isRegularFile(pack)) {
                problems.error(
                        PackError.UNREADABLE,
                        Place.of(pack.toString()),
                        "",
                        "there is no such file or folder",
                        "A pack is a folder with a " + MAIN + ", or a single YAML file");
                return null;
            }
            Path folder = pack.toAbsolutePath().getParent();
            return merge(List.of(pack), folder, problems);
        } catch (IOException | UncheckedIOException failed) {
            problems.error(
                    PackError.UNREADABLE,
                    Place.of(pack.toString()),
                    "",
                    "it cannot be read: " + failed.getMessage(),
                    "Check that the file exists and may be read");
            return null;
        }
    }

    /** Reads a pack that is one text. */
    public static @Nullable Source ofText(String text, @Nullable String baselines, Problems problems) {
        Node root = YamlReader.read(MAIN, text, problems);
        return root == null ? null : ofRoots(Map.of(MAIN, root), baselines, null, problems);
    }

    private static @Nullable Source readFolder(Path folder, Problems problems) throws IOException {
        List<Path> files = new ArrayList<>(yamlFiles(folder));
        if (!Files.isRegularFile(folder.resolve(MAIN))) {
            problems.error(
                    PackError.UNREADABLE,
                    Place.of(folder.toString()),
                    "",
                    "the folder holds no " + MAIN,
                    "Name the folder of a pack, or add the file");
            return null;
        }
        Path calendars = folder.resolve(CALENDARS);
        if (Files.isDirectory(calendars)) {
            files.addAll(yamlFiles(calendars));
        }
        return merge(files, folder, problems);
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(Source::isYaml).sorted().toList();
        }
    }

    /** The folder of a file when that is the one of the calendars, with a slash; else empty. */
    private static String folder(Path file) {
        Path folder = file.getParent();
        if (folder == null || !folder.endsWith(CALENDARS)) {
            return "";
        }
        return Files.isRegularFile(folder.resolveSibling(MAIN)) ? CALENDARS + "/" : "";
    }

    /** A calendar of a file of its own, as if it stood in the pack. */
    private static Node asCalendar(String file, Node calendar) {
        String name = file.substring(CALENDARS.length() + 1, file.lastIndexOf('.'));
        Entries named =
                new Entries(calendar.place(), List.of(new Entry(new Scalar(calendar.place(), name, true), calendar)));
        return new Entries(calendar.place(), List.of(new Entry(new Scalar(calendar.place(), CALENDARS, true), named)));
    }

    private static boolean isYaml(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static @Nullable Source merge(List<Path> files, @Nullable Path folder, Problems problems)
            throws IOException {
        Map<String, Node> roots = new LinkedHashMap<>();
        for (Path file : files) {
            String name = folder(file) + file.getFileName();
            String text = text(file, name, problems);
            Node root = text == null ? null : YamlReader.read(name, text, problems);
            if (root != null) {
                roots.put(name, name.startsWith(CALENDARS + "/") ? asCalendar(name, root) : root);
            }
        }
        if (roots.size() < files.size()) {
            // What the unreadable file declares is missing everywhere: only its own problem helps.
            return null;
        }
        Path baselines = folder == null ? null : folder.resolve(BASELINES);
        boolean learned = baselines != null && Files.isRegularFile(baselines);
        return ofRoots(roots, learned ? Files.readString(baselines) : null, folder, problems);
    }

    private static @Nullable String text(Path file, String name, Problems problems) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            problems.error(
                    PackError.TOO_LARGE,
                    Place.of(name),
                    "",
                    "the file has " + Files.size(file) + " bytes",
                    "At most " + MAX_BYTES + " are possible; is this a pack?");
            return null;
        }
        try {
            String text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notText) {
            problems.error(PackError.NOT_YAML, Place.of(name), "", "the file is not text in UTF-8", "Save it as UTF-8");
            return null;
        }
    }

    /** The sections of all files: what is a mapping in each is put together, anything else may stand in one file only. */
    private static @Nullable Source ofRoots(
            Map<String, Node> roots, @Nullable String baselines, @Nullable Path folder, Problems problems) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        Place first = null;
        for (Node root : roots.values()) {
            if (!(root instanceof Entries entries)) {
                problems.error(
                        PackError.WRONG_VALUE,
                        root.place(),
                        "",
                        "the file holds " + root.described(),
                        "A pack is a mapping with keys such as 'events' and 'signals'");
                return null;
            }
            entries.entries().forEach(entry -> merge(merged, entry, problems));
            first = first == null ? entries.place() : first;
        }
        Place place = first == null ? Place.of(MAIN) : first;
        return new Source(new Entries(place, List.copyOf(merged.values())), baselines, folder);
    }

    private static void merge(Map<String, Entry> merged, Entry entry, Problems problems) {
        String key = entry.key().text();
        Entry before = merged.putIfAbsent(key, entry);
        if (before == null) {
            return;
        }
        boolean sameFile =
                before.key().place().file().equals(entry.key().place().file());
        if (!sameFile && before.value() instanceof Entries some && entry.value() instanceof Entries more) {
            List<Entry> all = new ArrayList<>(some.entries());
            all.addAll(more.entries());
            merged.put(key, new Entry(before.key(), new Entries(some.place(), all)));
            return;
        }
        problems.error(
                PackError.DUPLICATE,
                entry.key().place(),
                "",
                "'" + key + "' stands here and at " + before.key().place(),
                "Keep one of them");
    }
}
