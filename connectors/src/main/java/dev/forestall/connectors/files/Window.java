package dev.forestall.connectors.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stretch of a file that moves along with its records. It holds what fits near the processor, which most records do; whoever finds no
 * end of a record in it asks for {@link #more()}, up to the longest record there may be. So whoever looks for the end of a record looks
 * into one array. A file that cannot be read on ends there; {@link #failure()} says why.
 */
final class Window implements Closeable {

    /** So much is always there, or all that is left. Streams copy what they read, too: a piece of this size stays near while they do. */
    private static final int NEAR = 1 << 16;

    private static final int ROOM = 4 * NEAR;

    private final InputStream in;
    private final int limit;
    private byte[] bytes;
    private int start;
    private int end;
    private long offset;
    private long line = 1;
    private boolean ended;
    private Optional<IOException> failure = Optional.empty();

    /**
     * @param limit how long a record may be
     * @param before bytes of the file that were read already, such as a byte order mark
     */
    Window(InputStream in, int limit, int before) {
        this.in = in;
        this.limit = limit;
        this.bytes = new byte[Math.min(2 * limit, ROOM)];
        this.offset = before;
    }

    /** Over a text that is wholly there. */
    Window(byte[] text) {
        this.in = InputStream.nullInputStream();
        this.limit = Math.max(1, text.length);
        this.bytes = text;
        this.end = text.length;
        this.ended = true;
    }

    /** Reads on, unless enough for most records is there; false when nothing is left. */
    boolean fill() {
        if (end - start < Math.min(limit, NEAR)) {
            readOn();
        }
        return start < end;
    }

    /**
     * Looks further ahead, for whoever has found no end. If it did, all places found so far are void, and the search begins anew. False,
     * with nothing changed, when the file's end is known or more is there than a record may have: then {@link #isLast()} tells which.
     */
    boolean more() {
        if (ended || end - start > limit) {
            return false;
        }
        if (end - start == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * limit, 2L * bytes.length));
        }
        readOn();
        return true;
    }

    private void readOn() {
        if (ended) {
            return;
        }
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
        try {
            while (end < bytes.length && !ended) {
                int read = in.read(bytes, end, Math.min(bytes.length - end, NEAR));
                ended = read < 0;
                end += Math.max(0, read);
            }
        } catch (IOException broken) {
            ended = true;
            failure = Optional.of(broken);
        }
    }

    /** Moves on to {@code to}, behind that many line ends. */
    void advance(int to, int lines) {
        offset += to - start;
        line += lines;
        start = to;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next record starts in {@link #bytes()}. */
    int start() {
        return start;
    }

    /** Where the bytes read so far end, or the longest record that could start here. A record that reaches it may go on: {@link #more()}. */
    int end() {
        return Math.min(end, start + limit);
    }

    /** Whether {@link #end()} is the end of the file; known once {@link #more()} has answered no. */
    boolean isLast() {
        return ended && end - start <= limit;
    }

    /** Bytes before {@link #start()}. */
    long offset() {
        return offset;
    }

    /** The line at which {@link #start()} is, from 1. */
    long line() {
        return line;
    }

    /** Why the file could not be read to its end. */
    Optional<IOException> failure() {
        return failure;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
