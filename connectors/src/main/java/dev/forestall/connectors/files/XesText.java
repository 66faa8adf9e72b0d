package dev.forestall.connectors.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * The text of an XML file on its way to the parser. Remembers why it broke off, which the parser may hide, and breaks off itself when
 * a single tag grows beyond all measure, which the parser would hold in memory.
 */
final class XesText extends Reader {

    private final Reader in;
    private final int limit;
    private long sinceTagEnd;
    private Optional<IOException> failure = Optional.empty();

    XesText(Reader in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    @Override
    public int read(char[] to, int from, int length) throws IOException {
        try {
            int count = in.read(to, from, length);
            measure(to, from, count);
            return count;
        } catch (IOException broken) {
            failure = Optional.of(broken);
            // Of another kind: the parser takes some kinds for a regular end.
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private void measure(char[] text, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            sinceTagEnd = text[i] == '>' ? 0 : sinceTagEnd + 1;
        }
        // Twice, for a record of the limit written with entities.
        if (sinceTagEnd > 2L * limit) {
            throw new IOException("a tag or text is longer than " + 2L * limit + " characters");
        }
    }

    /** Why the text could not be read to its end. */
    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
