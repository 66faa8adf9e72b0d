package dev.forestall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The checked-out repository that these tests run in: its files, not its classes. */
public final class Repository {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Repository() {}

    /** The directory that holds the root pom.xml. */
    public static Path root() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("forestall")) && Files.isDirectory(directory.resolve("loop"))) {
                return directory;
            }
        }
        throw new IllegalStateException(
                "No directory above " + Path.of("").toAbsolutePath() + " holds ./forestall and loop/");
    }

    /** The names of the modules in the root pom.xml, in its order. */
    public static List<String> modules() {
        return MODULE.matcher(text(root().resolve("pom.xml")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    public static Path mainSources(String module) {
        return root().resolve(module).resolve("src/main/java");
    }

    public static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
