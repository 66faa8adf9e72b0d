package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file that holds what does not fit in memory while sorting. Only its owner may read it, for it holds customers' data; and on most
 * systems it has no name once it is open, so that nothing stays behind however the process ends.
 */
final class Spill implements Closeable {

    private final Path directory;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private long size;

    /** @throws WrongFile when the directory cannot be written to */
    Spill(Path directory) {
        this.directory = directory;
        try {
            // Temporary files are made readable to their owner alone.
            Path file = Files.createTempFile(directory, "forestall-sort-", ".tmp");
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException impossible) {
            throw noRoom(impossible);
        }
    }

    /** Bytes written so far; the next one goes there. */
    long size() {
        return size + buffer.position();
    }

    Spill whole(long value) {
        room(Long.BYTES);
        buffer.putLong(value);
        return this;
    }

    Spill count(int value) {
        room(Integer.BYTES);
        buffer.putInt(value);
        return this;
    }

    void bytes(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            room(1);
            int part = Math.min(buffer.remaining(), to - at);
            buffer.put(bytes, at, part);
            at += part;
        }
    }

    private void room(int needed) {
        if (buffer.remaining() < needed) {
            flush();
        }
    }

    /** Makes what was written readable. */
    void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                size += channel.write(buffer, size);
            }
        } catch (IOException full) {
            throw noRoom(full);
        }
        buffer.clear();
    }

    /** Fills an array from a place in the file on, as far as it goes. */
    void read(byte[] to, int from, int length, long place) {
        ByteBuffer into = ByteBuffer.wrap(to, from, length);
        try {
            while (into.hasRemaining()) {
                int read = channel.read(into, place + into.position() - from);
                if (read < 0) {
                    throw new IllegalStateException(
                            "sorted events end " + into.remaining() + " bytes too early at byte " + (place + length));
                }
            }
        } catch (IOException broken) {
            throw noRoom(broken);
        }
    }

    private WrongFile noRoom(IOException cause) {
        return new WrongFile(
                ConnectorError.NO_SCRATCH_SPACE,
                "sorting needs room on disk and could not use " + directory + " (" + cause.getMessage() + ") after "
                        + size
                        + " bytes. Free space there, or name another directory; about as much as the file itself is needed,"
                        + " unpacked.",
                cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
