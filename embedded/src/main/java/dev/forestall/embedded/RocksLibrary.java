package dev.forestall.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native code. Left to itself, RocksDB unpacks 17 MB to the temporary directory at each start and
 * deletes it only at a clean exit, so every killed process would leave a copy. Here the copy is deleted as soon as it is
 * loaded. It isn't kept for the next start, for whoever could write to it could run code as us.
 */
final class RocksLibrary {

    private static final String COPY = "native.new";

    /** A process loads a library once, whoever asks: the one thing here that can't belong to an object. */
    private static boolean loaded;

    private RocksLibrary() {}

    /** @param folder where the copy lies for a moment */
    static synchronized void load(Path folder) {
        if (loaded) {
            return;
        }
        var copy = folder.toAbsolutePath().resolve(COPY);
        try (var packed = RocksDB.class.getResourceAsStream("/" + Environment.getJniLibraryFileName("rocksdb"))) {
            deleteCopy(copy);
            if (packed == null) {
                RocksDB.loadLibrary();
            } else {
                load(packed, copy);
            }
            loaded = true;
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            throw EmbeddedError.LIBRARY_NOT_LOADED.because(
                    "RocksDB, which keeps the state, can't be loaded on %s %s by way of %s: %s. Is the file system mounted with noexec, or the platform not among those of the rocksdbjni jar?"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), copy, e),
                    e);
        }
    }

    private static void load(InputStream packed, Path copy) throws IOException {
        Files.createDirectories(copy);
        try {
            Files.copy(packed, library(copy));
            RocksDB.loadLibrary(List.of(copy.toString()));
        } finally {
            deleteCopy(copy);
        }
    }

    /** Windows keeps a library on disk while it is loaded; then the next start deletes it. */
    private static void deleteCopy(Path copy) throws IOException {
        try {
            Files.deleteIfExists(library(copy));
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            if (!Environment.isWindows()) {
                throw e;
            }
        }
    }

    /** The name under which RocksDB looks for it. */
    private static Path library(Path copy) {
        return copy.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    }
}
