package dev.forestall.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Logs of real companies. They are no part of the repository; a test that needs one is skipped where it is missing. */
public final class RealLogs {

    private RealLogs() {}

    /** A file of the folder that FORESTALL_DATA names, else of {@code shared/data} beside the repository. Skips the test without it. */
    public static Path file(String name) {
        String given = System.getenv("FORESTALL_DATA");
        Path folder = given != null
                ? Path.of(given)
                : Repository.root().resolveSibling("shared").resolve("data");
        Path file = folder.resolve(name);
        assumeTrue(
                Files.isRegularFile(file),
                () -> "skipped: there is no " + file + "; set FORESTALL_DATA to the folder of real logs");
        return file;
    }
}
