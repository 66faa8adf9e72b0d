package dev.forestall.embedded;

import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The one directory of an embedded host, open and locked:
 *
 * <pre>
 *   FORMAT   which format its content has, and which version of Forestall made it
 *   LOCK     locked by the process that uses it
 *   keys/    the names and keys of all subjects: without it, nothing of the rest can be read
 *   log/     the inputs
 *   state/   what follows from them
 *   ERASED   whom a restored backup has to erase again, by a keyed hash of their names
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {

    /**
     * The format this version writes, of all that lies in the directory: to be raised when the states or tables change so that an
     * older version, or data of an older one, would be misread. It reads no other yet.
     */
    static final int FORMAT = 4;

    static final String KEYS = "keys";
    static final String LOG = "log";
    static final String STATE = "state";
    static final String FORMAT_FILE = "FORMAT";

    /** Whom a restored backup has to erase again. */
    public static final String ERASED = "ERASED";

    private static final Pattern CONTENT =
            Pattern.compile("forestall data directory\nformat (\\d{1,9})\nwritten by (\\S.*)\n");

    private final Path path;
    private final DirectoryLock lock;

    /**
     * Keeps everybody else out of a directory without opening it, for who works on what lies beside the engine's data.
     *
     * @throws dev.forestall.loop.host.StorageException when another process uses it
     */
    public static Lock lock(Path directory) throws IOException {
        return DirectoryLock.take(directory)::close;
    }

    /** Keeps others out until it is closed. */
    @FunctionalInterface
    public interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Whether a file or directory of this name, beside what a run keeps, is made by a data directory itself. */
    public static boolean isOwn(String name) {
        return name.equals(DirectoryLock.FILE) || name.equals(FORMAT_FILE + SegmentLog.NEW);
    }

    private final SegmentLog log;
    private final SealedStore state;
    private final RocksStateStore rows;
    private final KeyRing keys;

    /**
     * @param version of Forestall that opens the directory; written into one that is new
     * @param hasOwnNames whether effects get names that nobody outside can guess, in a directory that is new; else names that are the same
     *     in every directory, for replays
     */
    public record Options(String version, LogOptions log, StateOptions state, boolean hasOwnNames) {

        /** For replays. */
        public Options(String version, LogOptions log, StateOptions state) {
            this(version, log, state, false);
        }

        /** For replays. */
        public static Options defaults(String version) {
            return new Options(version, LogOptions.defaults(), StateOptions.defaults());
        }

        /** For a directory of its own, whose effects somebody outside gets to know. */
        public Options withOwnNames() {
            return new Options(version, log, state, true);
        }
    }

    private DataDirectory(
            Path path, DirectoryLock lock, KeyRing keys, SegmentLog log, SealedStore state, RocksStateStore rows) {
        this.path = path;
        this.lock = lock;
        this.keys = keys;
        this.log = log;
        this.state = state;
        this.rows = rows;
    }

    /**
     * Opens a data directory, or makes one of an empty or missing directory.
     *
     * @throws StorageException if it is in use, holds something else or something newer, or is
     *     damaged; nothing is changed then
     */
    public static DataDirectory open(Path path, Options options) {
        try {
            var folder = Folder.create(path);
            requireOursOrEmpty(folder);
            var lock = DirectoryLock.take(path);
            try {
                requireFormat(folder, options.version());
                return open(path, options, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw EmbeddedError.DIRECTORY_FAILED.because(
                    "the data directory %s can't be opened: %s. Is it a directory that this user may write to?"
                            .formatted(path.toAbsolutePath(), e),
                    e);
        }
    }

    private static DataDirectory open(Path path, Options options, DirectoryLock lock) {
        var keys = KeyRing.open(path.resolve(KEYS), options.hasOwnNames());
        try {
            return open(path, options, lock, keys);
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private static DataDirectory open(Path path, Options options, DirectoryLock lock, KeyRing keys) {
        var log = SegmentLog.open(path.resolve(LOG), options.log(), keys);
        try {
            var rows = RocksStateStore.open(path.resolve(STATE), options.state());
            var state = new SealedStore(rows, keys);
            try {
                requireTogether(path, log, state);
                requireNoted(path, keys);
                return new DataDirectory(path, lock, keys, log, state, rows);
            } catch (RuntimeException e) {
                state.close();
                throw e;
            }
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static void requireOursOrEmpty(Folder folder) throws IOException {
        if (Files.exists(folder.path().resolve(FORMAT_FILE))) {
            return;
        }
        try (var files = Files.list(folder.path())) {
            var other = files.map(file -> file.getFileName().toString())
                    .filter(name -> !isOwn(name))
                    .sorted()
                    .findFirst();
            if (other.isPresent()) {
                throw EmbeddedError.DIRECTORY_NOT_OURS.because(
                        "the directory %s holds no data of Forestall but something else, '%s' for one. Name an empty directory, or one that does not exist yet."
                                .formatted(folder.path().toAbsolutePath(), other.get()));
            }
        }
    }

    private static void requireFormat(Folder folder, String version) throws IOException {
        var file = folder.path().resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            write(folder, file, version);
        }
        var content = CONTENT.matcher(Files.readString(file));
        if (!content.matches()) {
            throw EmbeddedError.FORMAT_UNREADABLE.because(
                    "the file %s should say which format the data directory has, but can't be read. Restore it from a backup; it is a text of three lines."
                            .formatted(file.toAbsolutePath()));
        }
        if (Integer.parseInt(content.group(1)) != FORMAT) {
            throw EmbeddedError.FORMAT_UNKNOWN.because(
                    "the data directory %s was written by Forestall %s in format %s; this is Forestall %s, which reads format %d. Start the version that wrote it, or a newer one, or name another directory."
                            .formatted(
                                    folder.path().toAbsolutePath(),
                                    content.group(2),
                                    content.group(1),
                                    version,
                                    FORMAT));
        }
    }

    private static void write(Folder folder, Path file, String version) throws IOException {
        var unnamed = file.resolveSibling(FORMAT_FILE + SegmentLog.NEW);
        var text = "forestall data directory\nformat %d\nwritten by %s\n".formatted(FORMAT, version);
        try (var writing = DurableFile.create(unnamed)) {
            writing.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            writing.force();
        }
        folder.rename(unnamed, file);
    }

    /** The log must still hold all that the state has not read, and nothing that the state has read may be missing. */
    private static void requireTogether(Path path, SegmentLog log, StateStore state) {
        var position = state.position();
        if (position < log.start()) {
            throw differ(path, position, "begins with record " + log.start());
        }
        if (position > log.durableEnd()) {
            throw differ(path, position, "ends before record " + log.durableEnd());
        }
    }

    private static StorageException differ(Path path, long position, String log) {
        return EmbeddedError.STATE_AND_LOG_DIFFER.because(
                "in the data directory %s, the state has read the log up to record %d, but the log %s. Maybe only one of them was restored from a backup, or some files were removed. Restore both from one backup."
                        .formatted(path.toAbsolutePath(), position, log));
    }

    /** The inputs. {@link SegmentLog#tornTail} says what the last crash left behind. */
    public SegmentLog log() {
        return log;
    }

    public StateStore state() {
        return state;
    }

    /** Writes the list of those erased, for whoever restores a backup. */
    void noteErased() {
        noteErased(path, keys);
    }

    /** A crash can have come between an erasure and its note. */
    private static void requireNoted(Path path, KeyRing keys) {
        var list = path.resolve(ERASED);
        try {
            var noted = Files.exists(list) ? Files.readString(list) : "";
            if (!noted.equals(list(keys))) {
                noteErased(path, keys);
            }
        } catch (IOException e) {
            throw EmbeddedError.DIRECTORY_FAILED.because("the list of those erased can't be read: " + e, e);
        }
    }

    private static String list(KeyRing keys) {
        var text = new StringBuilder();
        keys.erased()
                .forEach(hash -> text.append(HexFormat.of().formatHex(hash)).append('\n'));
        return text.toString();
    }

    private static void noteErased(Path path, KeyRing keys) {
        var list = path.resolve(ERASED);
        var unnamed = list.resolveSibling(ERASED + SegmentLog.NEW);
        try {
            try (var writing = DurableFile.create(unnamed)) {
                writing.write(ByteBuffer.wrap(list(keys).getBytes(StandardCharsets.UTF_8)), 0);
                writing.force();
            }
            new Folder(path).rename(unnamed, list);
        } catch (IOException e) {
            throw EmbeddedError.DIRECTORY_FAILED.because("the list of those erased can't be written: " + e, e);
        }
    }

    Path path() {
        return path;
    }

    /** Copies what is committed by now into a folder that is missing. For any thread. */
    void copyState(Path into) {
        rows.copy(into);
    }

    SealedStore sealedState() {
        return state;
    }

    KeyRing keys() {
        return keys;
    }

    /** The names under which those outside know effects. */
    public EffectNames effectNames() {
        return keys.effectNames();
    }

    /** Makes everything durable and frees the directory. Closing twice does nothing. */
    @Override
    public void close() {
        try (lock;
                keys;
                log;
                state) {
            // Closed in the opposite order: state, log, keys, lock.
        } catch (IOException e) {
            throw EmbeddedError.DIRECTORY_FAILED.because("the lock of the data directory can't be freed: " + e, e);
        }
    }
}
