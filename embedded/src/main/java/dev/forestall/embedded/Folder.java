package dev.forestall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** A directory whose entries outlive a loss of power: a new, renamed or deleted file is only so once this was forced. */
record Folder(Path path) {

    private static final boolean CAN_FORCE =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    static Folder create(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            var parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                new Folder(parent).force();
            }
        }
        return new Folder(path);
    }

    /** Gives a file, whose content was forced, its name, replacing what had that name. Afterwards it is there for good. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        force();
    }

    /** Windows can't open a directory, and its file system keeps entries in a journal of its own. */
    void force() throws IOException {
        if (CAN_FORCE) {
            try (var directory = DurableFile.directory(path)) {
                directory.force();
            }
        }
    }
}
