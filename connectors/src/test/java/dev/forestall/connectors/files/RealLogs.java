package dev.forestall.connectors.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of real logs, which are not part of the repository: FORESTALL_DATA, else ../shared/data beside it. */
final class RealLogs {

    private RealLogs() {}

    /** Skips the test when the log is not there. */
    static Path file(String name) {
        String given = System.getenv("FORESTALL_DATA");
        Path folder = given != null
                ? Path.of(given)
                : repository().resolveSibling("shared").resolve("data");
        Path file = folder.resolve(name);
        assumeTrue(
                Files.isRegularFile(file),
                () -> "skipped: there is no " + file + "; set FORESTALL_DATA to the folder of real logs");
        return file;
    }

    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("forestall"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not within the repository: " + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory;
    }
}
