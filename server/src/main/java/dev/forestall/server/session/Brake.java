package dev.forestall.server.session;

import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.StorageException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything keeps an answer from being shown: the dry run and the kill switches, as they stood half a second ago at most. While they cannot be
 * read, what was read last holds. For any thread.
 */
final class Brake {

    private static final Duration FRESH = Duration.ofMillis(500);

    private final Supplier<Sending.Brake> source;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Read latest;

    private record Read(Sending.Brake brake, long atNanos) {
        boolean isFresh() {
            return System.nanoTime() - atNanos < FRESH.toNanos();
        }
    }

    Brake(Supplier<Sending.Brake> source) {
        this.source = source;
    }

    /** @throws StorageException when it was never read and cannot be read now */
    Sending.Brake now() {
        Read known = latest;
        if (known != null && (known.isFresh() || !reading.tryLock())) {
            return known.brake();
        }
        if (known == null) {
            reading.lock();
        }
        try {
            Read read = new Read(source.get(), System.nanoTime());
            latest = read;
            return read.brake();
        } catch (StorageException down) {
            if (known == null) {
                throw down;
            }
            latest = new Read(known.brake(), System.nanoTime());
            return known.brake();
        } finally {
            reading.unlock();
        }
    }
}
