package dev.forestall.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Backups of a data directory that nobody uses, in two parts: the data, and the keys without which nothing of it can be read. Keep the
 * keys apart and for a short time: whoever is erased can be read in no backup of the data any more when the last keys from before are gone.
 *
 * <p>Moving a directory to another host is the same: a backup, and a restore there.
 */
public final class Backup {

    private static final List<String> PARTS = List.of("FORMAT", "log", "state");

    private Backup() {}

    /**
     * Copies a directory.
     *
     * @param into the data; must be missing or empty
     * @param keys a file for the keys; replaced when it is there
     */
    public static void write(Path directory, Path into, Path keys, DataDirectory.Options options) {
        try {
            requireEmpty(into);
            try (DataDirectory open = DataDirectory.open(directory, options)) {
                Folder.create(into);
                open.keys().backup(keys);
            }
            copy(directory, into);
        } catch (IOException failed) {
            throw EmbeddedError.DIRECTORY_FAILED.because(
                    "the backup of " + directory + " in " + into + " failed: " + failed
                            + ". Remove what there is of it",
                    failed);
        }
    }

    /**
     * Makes a directory of a backup. Its log goes on in a new epoch, so that no position and no name of an effect is ever given twice, not
     * even when the lost directory had gone on behind the backup. Whoever was erased since is erased again when the directory is next opened
     * with its definition.
     *
     * @param backup the data
     * @param keys of the same time or later
     * @param erased the list of those erased, {@code ERASED}, of the lost directory, as late as it can be had; empty when there is none
     * @param into must be missing or empty
     */
    public static void restore(Path backup, Path keys, List<Path> erased, Path into, DataDirectory.Options options) {
        try {
            requireEmpty(into);
            Folder.create(into);
            KeyTable.restore(keys, into.resolve(DataDirectory.KEYS));
            copy(backup, into);
            List<byte[]> hashes = new ArrayList<>();
            for (Path list : erased) {
                for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                    hashes.add(HexFormat.of().parseHex(line.strip()));
                }
            }
            try (DataDirectory restored = DataDirectory.open(into, options)) {
                restored.log().raiseEpoch();
                restored.keys().eraseAgain(hashes);
            }
        } catch (IOException | IllegalArgumentException failed) {
            throw EmbeddedError.DIRECTORY_FAILED.because(
                    "the restore of " + backup + " to " + into + " failed: " + failed
                            + ". Remove what there is of it, and begin again",
                    failed);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw EmbeddedError.DIRECTORY_NOT_OURS.because("the directory " + folder.toAbsolutePath()
                            + " is not empty. Name one that is, or one that is missing");
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String part : PARTS) {
            try (Stream<Path> all = Files.walk(from.resolve(part))) {
                for (Path each : (Iterable<Path>) all::iterator) {
                    Path copy = to.resolve(from.relativize(each).toString());
                    if (Files.isDirectory(each)) {
                        Files.createDirectories(copy);
                    } else if (!each.endsWith("LOCK")) {
                        Files.copy(each, copy, StandardCopyOption.COPY_ATTRIBUTES);
                        try (DurableFile written = DurableFile.open(copy)) {
                            written.force();
                        }
                    }
                }
            }
        }
    }
}
