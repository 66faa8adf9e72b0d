package dev.forestall.connectors.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines are found as they stand in the file, however it is read and wherever the window on it ends. */
class CursorTest {

    /** Where windows end and grow. */
    private static final List<Integer> EDGES = List.of(1 << 10, 1 << 16, 1 << 18, 1 << 19, 1 << 20);

    @Test
    void the_lines_of_random_files() throws IOException {
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            String content = content(random);
            int limit = List.of(1 << 10, 1 << 18, 300_000, 1 << 20).get(random.nextInt(4));
            boolean returnsEndLines = random.nextBoolean();
            boolean breaks = random.nextInt(3) == 0;
            Window window = new Window(new Piecemeal(content, random, breaks), limit, 0);
            Cursor cursor = new Cursor(window, limit, returnsEndLines);

            assertThat(found(window, cursor))
                    .as("seed %d, %d bytes, limit %d, breaks %s", seed, content.length(), limit, breaks)
                    .isEqualTo(expected(content, limit, returnsEndLines, breaks));
        }
    }

    private static List<String> found(Window window, Cursor cursor) {
        List<String> found = new ArrayList<>();
        while (cursor.moveOn()) {
            boolean isWhole = cursor.takeLine();
            if (cursor.isBrokenOff()) {
                break;
            }
            found.add(told(window.offset(), window.line(), isWhole ? cursor.to() - cursor.from() : -1));
        }
        return found;
    }

    private static String told(long offset, long line, int length) {
        return "at " + offset + ", line " + line + ": " + (length < 0 ? "too long" : length + " bytes");
    }

    /** By looking at each byte. */
    private static List<String> expected(String content, int limit, boolean returnsEndLines, boolean breaks) {
        List<String> expected = new ArrayList<>();
        int start = 0;
        for (int line = 1; start < content.length(); line++) {
            int end = start;
            while (end < content.length() && lineEnd(content, end, returnsEndLines) == 0) {
                end++;
            }
            int lineEnd = lineEnd(content, end, returnsEndLines);
            boolean isTooLong = lineEnd > 0 ? end + lineEnd - 1 - start >= limit : end - start > limit;
            if (end > start && !(breaks && lineEnd == 0 && !isTooLong)) {
                expected.add(told(start, line, isTooLong ? -1 : end - start));
            }
            start = end + lineEnd;
        }
        return expected;
    }

    private static int lineEnd(String content, int at, boolean returnsEndLines) {
        if (content.startsWith("\r\n", at)) {
            return 2;
        }
        return content.startsWith("\n", at) || returnsEndLines && content.startsWith("\r", at) ? 1 : 0;
    }

    /** Lines up to a place at which a window ends, more or less, and a last line of some length, with a line end or without. */
    private static String content(Random random) {
        int edge = EDGES.get(random.nextInt(EDGES.size()));
        int last = random.nextInt(4) == 0 ? 0 : Math.min(edge, 1 + random.nextInt(200_000));
        int total = edge - last + (random.nextBoolean() ? 0 : random.nextInt(-3, 4));
        StringBuilder content = new StringBuilder();
        while (content.length() < total - 400) {
            content.append("a".repeat(random.nextInt(300))).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        content.append("b".repeat(Math.max(0, total - content.length() - 1))).append('\n');
        content.append("c".repeat(last));
        return content + List.of("", "", "\n", "\r\n", "\nd").get(random.nextInt(5));
    }

    /** Gives as many bytes as it likes at a time, and fails at the end if it is to. */
    private static final class Piecemeal extends InputStream {
        private final ByteArrayInputStream content;
        private final Random random;
        private final boolean breaks;

        Piecemeal(String content, Random random, boolean breaks) {
            this.content = new ByteArrayInputStream(content.getBytes(ISO_8859_1));
            this.random = random;
            this.breaks = breaks;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = content.read(into, from, random.nextBoolean() ? length : 1 + random.nextInt(length));
            if (read < 0 && breaks) {
                throw new IOException("broken off");
            }
            return read;
        }

        @Override
        public int read() {
            throw new AssertionError("not asked for single bytes");
        }
    }
}
