package dev.forestall.connectors.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Text whose characters take two or four bytes, as its first bytes tell: by a byte order mark, or by how XML begins (appendix F of XML 1.0).
 *
 * @param encoding of the text behind the mark
 * @param mark how many bytes of a byte order mark stand before it
 */
record WideText(Charset encoding, int mark) {

    private record Start(WideText text, int... bytes) {}

    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    /** Those with four bytes first: the marks of the others begin some of them. */
    private static final List<Start> STARTS = List.of(
            new Start(new WideText(UTF_32BE, 4), 0, 0, 0xfe, 0xff),
            new Start(new WideText(UTF_32LE, 4), 0xff, 0xfe, 0, 0),
            new Start(new WideText(UTF_32BE, 0), 0, 0, 0, '<'),
            new Start(new WideText(UTF_32LE, 0), '<', 0, 0, 0),
            new Start(new WideText(StandardCharsets.UTF_16BE, 2), 0xfe, 0xff),
            new Start(new WideText(StandardCharsets.UTF_16LE, 2), 0xff, 0xfe),
            new Start(new WideText(StandardCharsets.UTF_16BE, 0), 0, '<', 0),
            new Start(new WideText(StandardCharsets.UTF_16LE, 0), '<', 0));

    static Optional<WideText> of(byte[] head) {
        return STARTS.stream()
                .filter(start -> Opened.startsWith(head, start.bytes))
                .map(Start::text)
                .findFirst();
    }
}
