package dev.forestall.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file for writing. The JDK closes a channel when its thread is interrupted, which would put the whole log out of use
 * for one impatient caller; here the interrupt waits until the disk has answered. All it does may be repeated, so an
 * operation that was cut short is done once more on a new channel.
 */
final class DurableFile implements AutoCloseable {

    private final Path path;
    private final OpenOption access;
    private FileChannel channel;

    private DurableFile(Path path, OpenOption access) throws IOException {
        this.path = path;
        this.access = access;
        channel = FileChannel.open(path, access);
    }

    /** An empty file, whatever there was before. */
    static DurableFile create(Path path) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path);
        return open(path);
    }

    static DurableFile open(Path path) throws IOException {
        return new DurableFile(path, StandardOpenOption.WRITE);
    }

    /** A directory, which can only be forced. */
    static DurableFile directory(Path path) throws IOException {
        return new DurableFile(path, StandardOpenOption.READ);
    }

    /** Writes all the bytes to a place in the file. */
    void write(ByteBuffer bytes, long offset) throws IOException {
        var start = bytes.position();
        uninterrupted(() -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes, offset + bytes.position() - start);
            }
        });
    }

    /** Makes the content durable, and the length as far as it is needed to read it. */
    void force() throws IOException {
        uninterrupted(() -> channel.force(false));
    }

    /** Cuts the file off, or leaves it if it is no longer than that. */
    void truncate(long bytes) throws IOException {
        uninterrupted(() -> channel.truncate(bytes));
    }

    private void uninterrupted(Operation operation) throws IOException {
        var interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    operation.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    channel = FileChannel.open(path, access);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
