package dev.forestall.embedded;

import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * New states in the making beside the old ones: {@code state.next}. {@link #complete} moves the old ones to {@code state.old}, the new
 * ones in their place, and removes the old ones; {@link #settle} finishes that when a crash came in between.
 */
final class StateExchange implements AutoCloseable {

    private static final String STATE = "state";
    private static final String NEXT = "state.next";
    private static final String OLD = "state.old";

    private final Path path;
    private final AutoCloseable lock;
    private final KeyRing keys;
    private final SegmentLog log;
    private final SealedStore next;

    private StateExchange(Path path, AutoCloseable lock, KeyRing keys, SegmentLog log, SealedStore next) {
        this.path = path;
        this.lock = lock;
        this.keys = keys;
        this.log = log;
        this.next = next;
    }

    /** Begins with nothing. The lock is taken over and freed at the end. */
    static StateExchange begin(Path path, AutoCloseable lock, DataDirectory.Options options) {
        settle(path);
        KeyRing keys = KeyRing.open(path.resolve(DataDirectory.KEYS), options.hasOwnNames());
        try {
            return begin(path, lock, options, keys);
        } catch (RuntimeException failed) {
            keys.close();
            throw failed;
        }
    }

    private static StateExchange begin(Path path, AutoCloseable lock, DataDirectory.Options options, KeyRing keys) {
        SegmentLog log = SegmentLog.open(path.resolve("log"), options.log(), keys);
        try {
            RocksStateStore next = RocksStateStore.open(path.resolve(NEXT), options.state());
            return new StateExchange(path, lock, keys, log, new SealedStore(next, keys));
        } catch (RuntimeException failed) {
            log.close();
            throw failed;
        }
    }

    /** Finishes an exchange that a crash interrupted, and removes what was begun and not completed. */
    static void settle(Path path) {
        Path state = path.resolve(STATE);
        if (!Files.exists(state) && Files.exists(path.resolve(OLD))) {
            move(path, path.resolve(Files.exists(path.resolve(NEXT)) ? NEXT : OLD), state);
        }
        remove(path.resolve(OLD));
        remove(path.resolve(NEXT));
    }

    InputLog log() {
        return log;
    }

    StateStore next() {
        return next;
    }

    /** Whoever reads effects has read those of the past: what the new definition would have said then is not handed out. */
    void passOnSubscriptions() {
        if (Files.exists(path.resolve(STATE))) {
            try (StateStore before = RocksStateStore.open(path.resolve(STATE), StateOptions.defaults())) {
                Subscriptions.passOn(before, next);
            }
        }
    }

    void complete() {
        next.close();
        if (Files.exists(path.resolve(STATE))) {
            move(path, path.resolve(STATE), path.resolve(OLD));
        }
        move(path, path.resolve(NEXT), path.resolve(STATE));
        remove(path.resolve(OLD));
    }

    /** Each move is for good before the next one begins: a loss of power must not turn their order round. */
    private static void move(Path within, Path from, Path to) {
        try {
            Files.move(from, to);
            try (DurableFile directory = DurableFile.directory(within)) {
                directory.force();
            }
        } catch (IOException failed) {
            throw EmbeddedError.DIRECTORY_FAILED.because("cannot move " + from + " to " + to + ": " + failed, failed);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException failed) {
            throw EmbeddedError.DIRECTORY_FAILED.because("cannot list " + folder + ": " + failed, failed);
        }
        for (Path each : deepestFirst) {
            try {
                Files.delete(each);
            } catch (IOException failed) {
                throw EmbeddedError.DIRECTORY_FAILED.because("cannot remove " + each + ": " + failed, failed);
            }
        }
    }

    @Override
    public void close() {
        next.close();
        log.close();
        keys.close();
        try {
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (Exception failed) {
            throw new IllegalStateException("the lock of " + path + " cannot be freed", failed);
        }
    }
}
