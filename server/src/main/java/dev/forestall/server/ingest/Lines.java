package dev.forestall.server.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a body, one by one, as they come. For one thread. */
final class Lines {

    private static final int CHUNK = 64 << 10;

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[CHUNK];
    private int from;
    private int until;
    private boolean isAtEnd;

    /**
     * One line.
     *
     * @param bytes without its end; the beginning of it when it is longer than the limit
     * @param length in bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, and not compared
    record Line(byte[] bytes, long length) {

        boolean isBlank() {
            for (byte each : bytes) {
                if (each != ' ' && each != '\t' && each != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param limit how long a line may be; of a longer one the rest is passed over */
    Lines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Whether another line has come already, to its end: whoever has sent only half of one may be waiting for an answer. */
    boolean isReady() {
        for (int i = from; i < until; i++) {
            if (chunk[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        while (!isAtEnd) {
            if (from == until && !fill()) {
                break;
            }
            int end = from;
            while (end < until && chunk[end] != '\n') {
                end++;
            }
            int kept = (int) Math.min(end - from, Math.max(0, limit - length));
            line.write(chunk, from, kept);
            length += end - from;
            from = end;
            if (end < until) {
                from++;
                return Optional.of(new Line(line.toByteArray(), length));
            }
        }
        return length == 0 ? Optional.empty() : Optional.of(new Line(line.toByteArray(), length));
    }

    private boolean fill() throws IOException {
        int read = in.read(chunk);
        isAtEnd = read < 0;
        from = 0;
        until = Math.max(0, read);
        return !isAtEnd;
    }
}
