package dev.forestall.cli.out;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a directory are ours: a list that stands in it under {@value #LIST}. A file of that name that somebody else has put there is never written over. Who holds the list
 * keeps other processes out; the operating system frees it when the process ends, however.
 */
final class OwnFiles implements AutoCloseable {

    static final String LIST = ".forestall-files";

    private final Path directory;
    private final FileChannel channel;
    private final Set<String> names = new TreeSet<>();

    private OwnFiles(Path directory, FileChannel channel) throws IOException {
        this.directory = directory;
        this.channel = channel;
        String text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        text.lines().filter(line -> !line.isBlank()).forEach(names::add);
    }

    static OwnFiles in(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(LIST),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS));
        try {
            if (lock(channel) == null) {
                throw CliError.WRONG_VALUE.because(
                        Exit.DATA,
                        "--out: another process is writing to " + directory
                                + ". Wait until it has ended, or name another directory");
            }
            return new OwnFiles(directory, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException byThisProcess) {
            return null;
        }
    }

    /**
     * Says that files of these names are going to be written.
     *
     * @throws dev.forestall.cli.Refused when somebody else has put one there
     */
    void claim(Set<String> wanted) throws IOException {
        for (String name : wanted) {
            if (!names.contains(name) && Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw CliError.WRONG_VALUE.because(
                        Exit.USAGE,
                        "--out: " + directory.resolve(name)
                                + " is there already, and Forestall has not written it. Nothing was changed. Name another directory, or move it away");
            }
        }
        names.addAll(wanted);
        byte[] list = (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.position(0);
        ByteBuffer bytes = ByteBuffer.wrap(list);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
