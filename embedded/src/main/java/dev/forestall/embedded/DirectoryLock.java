package dev.forestall.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Held by the one process that uses a data directory. The operating system frees it when that process ends, however. */
final class DirectoryLock implements AutoCloseable {

    static final String FILE = "LOCK";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        var file = directory.resolve(FILE);
        var channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (!isTaken(channel)) {
            channel.close();
            throw EmbeddedError.DIRECTORY_IN_USE.because(
                    "the data directory %s is in use by process %s. Stop that process, or name another directory."
                            .formatted(directory.toAbsolutePath(), holder(file)));
        }
        // For people and for the message above only; the lock itself is what counts.
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DirectoryLock(channel);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        var pid = Files.readString(file).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
