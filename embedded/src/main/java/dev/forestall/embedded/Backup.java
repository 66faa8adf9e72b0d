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
 * Backups of a data directory, in two parts: the data, and the keys without which nothing of it can be read. Keep the keys apart and for a
 * short time: whoever is erased can be read in no backup of the data any more when the last keys from before are gone.
 *
 * <p>Moving a directory to another host is the same: a backup, and a restore there.
 */
public final class Backup {

    private Backup() {}

    /**
     * Copies a directory that nobody uses.
     *
     * @param into the data; must be missing or empty
     * @param keys a file for the keys, not within the data; replaced when it is there
     */
    public static void write(Path directory, Path into, Path keys, DataDirectory.Options options) {
        if (!Files.exists(directory.resolve(DataDirectory.FORMAT_FILE))) {
            throw EmbeddedError.DIRECTORY_NOT_OURS.because(
                    "there is no data in " + directory.toAbsolutePath() + ". Name the directory that is to be copied");
        }
        try (DataDirectory open = DataDirectory.open(directory, options)) {
            write(open, into, keys, open.log()::sync);
        }
    }

    /**
     * Copies a directory, also while it is being written. The states first: whatever they have read is in the log by then. The keys last: all
     * that was sealed before can be opened with them.
     *
     * @param syncLog makes durable what the log has by then: what has been copied of it must not be lost here and known there
     */
    static void write(DataDirectory open, Path into, Path keys, Runnable syncLog) {
        requireApart(into, keys);
        try {
            requireEmpty(into);
            Folder folder = Folder.create(into);
            open.copyState(into.resolve(DataDirectory.STATE));
            copyLog(open.path().resolve(DataDirectory.LOG), into.resolve(DataDirectory.LOG));
            syncLog.run();
            open.keys().backup(keys);
            // Without it, what is there is no backup yet.
            copyFile(open.path().resolve(DataDirectory.FORMAT_FILE), into.resolve(DataDirectory.FORMAT_FILE));
            folder.force();
        } catch (IOException failed) {
            throw EmbeddedError.DIRECTORY_FAILED.because(
                    "the backup of " + open.path() + " in " + into + " failed: " + failed
                            + ". Remove what there is of it, and begin again",
                    failed);
        }
    }

    private static void requireApart(Path into, Path keys) {
        if (keys.toAbsolutePath().normalize().startsWith(into.toAbsolutePath().normalize())) {
            throw EmbeddedError.DIRECTORY_NOT_OURS.because(
                    "the file of the keys " + keys + " would lie within the backup " + into
                            + ", and whoever has the one would have the other. Name a file elsewhere");
        }
    }

    /**
     * Makes a directory of a backup. Its log goes on in a new epoch, with a new secret for the names of effects, so that no position of the
     * lost directory and no name is ever given twice: not when that one had gone on behind the backup, and not when a backup is restored
     * several times. Whoever was erased since is erased again when the directory is next opened
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
                restored.keys().nameAnew(restored.log().raiseEpoch());
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

    private static void copyLog(Path from, Path to) throws IOException {
        Folder folder = Folder.create(to);
        List<Path> segments;
        try (Stream<Path> files = Files.list(from)) {
            segments = files.filter(file ->
                            Segment.NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path each : segments) {
            copyFile(each, to.resolve(each.getFileName()));
        }
        folder.force();
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String part : List.of(DataDirectory.LOG, DataDirectory.STATE)) {
            try (Stream<Path> all = Files.walk(from.resolve(part))) {
                for (Path each : (Iterable<Path>) all::iterator) {
                    Path copy = to.resolve(from.relativize(each).toString());
                    if (Files.isDirectory(each)) {
                        Folder.create(copy);
                    } else {
                        copyFile(each, copy);
                    }
                }
            }
        }
        copyFile(from.resolve(DataDirectory.FORMAT_FILE), to.resolve(DataDirectory.FORMAT_FILE));
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        try (DurableFile written = DurableFile.open(to)) {
            written.force();
        }
    }
}
