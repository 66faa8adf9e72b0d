package dev.forestall.connectors.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A stretch of a file that always holds at least the next {@code limit} bytes, or all that are left. So whoever looks for the end of
 * a record looks into one array. Memory: twice the limit. A file that cannot be read on ends there; {@link #failure()} says why.
 */
final class Window implements Closeable {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    static final long HIGHS = 0x8080808080808080L;

    /** Streams copy what they read; a piece of this size stays near while they do. */
    private static final int AT_ONCE = 1 << 16;

    private final InputStream in;
    private final int limit;
    private final byte[] bytes;
    private int start;
    private int end;
    private long offset;
    private long line = 1;
    private boolean ended;
    private Optional<IOException> failure = Optional.empty();

    /** @param before bytes of the file that were read already, such as a byte order mark */
    Window(InputStream in, int limit, int before) {
        this.in = in;
        this.limit = limit;
        this.bytes = new byte[2 * limit];
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

    /** Reads on as far as needed; false when nothing is left. */
    boolean fill() {
        if (end - start >= limit || ended) {
            return start < end;
        }
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
        try {
            while (end < bytes.length && !ended) {
                int read = in.read(bytes, end, Math.min(bytes.length - end, AT_ONCE));
                ended = read < 0;
                end += Math.max(0, read);
            }
        } catch (IOException broken) {
            ended = true;
            failure = Optional.of(broken);
        }
        return start < end;
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

    /** Where the bytes read so far end, or the longest record that could start here. */
    int end() {
        return Math.min(end, start + limit);
    }

    /** Whether {@link #end()} is the end of the file. */
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

    /** The place of the next {@code \n}, or {@code to}. */
    static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long found = (long) LONGS.get(bytes, at) ^ '\n' * ONES;
            long zeros = (found - ONES) & ~found & HIGHS;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static boolean hasLineFeed(long eight) {
        long found = eight ^ '\n' * ONES;
        return ((found - ONES) & ~found & HIGHS) != 0;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
