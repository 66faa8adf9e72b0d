package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.host.FileMapping.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A file that was opened and looked at.
 *
 * @param name without folders
 * @param in its content after decompression, from the start, without a byte order mark
 * @param counted counts its bytes as they lie on disk
 * @param size in bytes, on disk
 * @param format as its beginning shows
 * @param encoding of XML, as it declares; else UTF-8
 * @param mark how many bytes of a byte order mark were left out
 */
record Opened(String name, InputStream in, CountedInput counted, long size, Format format, Charset encoding, int mark) {

    private static final int HEAD = 4096;
    private static final int BUFFER = 1 << 16;
    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");

    /**
     * @param stretch up to whose end it is read
     * @throws WrongFile when there is no such file, or one that nobody can read events from
     */
    static Opened of(Path file, FileOptions.Stretch stretch) {
        String name = String.valueOf(file.getFileName());
        if (!Files.exists(file)) {
            throw new WrongFile(ConnectorError.NOT_READABLE, "there is no file " + file + nearby(file));
        }
        if (Files.isDirectory(file)) {
            throw new WrongFile(
                    ConnectorError.NOT_A_FILE, file + " is a directory; name the file in it that holds the events");
        }
        if (!Files.isRegularFile(file)) {
            throw new WrongFile(
                    ConnectorError.NOT_A_FILE,
                    file
                            + " is a pipe or a device: it can be read only once, and after a crash there would be nothing to go on"
                            + " with. Write it to a file first, and name that");
        }
        if (!Files.isReadable(file)) {
            throw new WrongFile(
                    ConnectorError.NOT_READABLE, file + " may not be read; give this user the right to read it");
        }
        try {
            long size = Math.min(Files.size(file), stretch.to());
            CountedInput counted = new CountedInput(new BoundedInput(Files.newInputStream(file), size));
            try {
                return look(name, counted, isGzip(file), size);
            } catch (IOException | WrongFile unusable) {
                counted.close();
                throw unusable;
            }
        } catch (IOException broken) {
            throw BrokenOff.of(name, broken, 1);
        }
    }

    /** Looked up in a stream of its own, so that the decompressor sees where the file itself ends. */
    private static boolean isGzip(Path file) throws IOException {
        try (InputStream start = Files.newInputStream(file)) {
            return startsWith(start.readNBytes(2), 0x1f, 0x8b);
        }
    }

    private static Opened look(String name, CountedInput counted, boolean isGzip, long size) throws IOException {
        InputStream in = isGzip ? new GZIPInputStream(counted, BUFFER) : counted;
        byte[] head = head(in);
        if (head.length == 0) {
            throw new WrongFile(ConnectorError.EMPTY, name + " is empty; was it written completely?");
        }
        Optional<WideText> wide = WideText.of(head);
        if (wide.isPresent()) {
            return wide(name, head, in, counted, size, wide.get());
        }
        OtherFormats.refuse(name, head);
        int mark = startsWith(head, 0xef, 0xbb, 0xbf) ? 3 : 0;
        InputStream fromStart = new ByteArrayInputStream(head, mark, head.length - mark);
        String text = new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1).stripLeading();
        Format format = text.startsWith("<") ? Format.XES : text.startsWith("{") ? Format.JSON_LINES : Format.CSV;
        if (text.startsWith("[{") || text.startsWith("[\n") || text.startsWith("[\r\n")) {
            throw new WrongFile(
                    ConnectorError.UNKNOWN_FORMAT,
                    name + " is one JSON list; expected one object on each line. Convert it, for instance: jq -c '.[]' "
                            + name);
        }
        return new Opened(
                name, new SequenceInputStream(fromStart, in), counted, size, format, encoding(name, text), mark);
    }

    /** XML may be in any encoding; what its first bytes say stands before what it declares. */
    private static Opened wide(
            String name, byte[] head, InputStream in, CountedInput counted, long size, WideText wide) {
        String text = new String(head, wide.mark(), head.length - wide.mark(), wide.encoding());
        if (!text.stripLeading().startsWith("<")) {
            throw OtherFormats.otherEncoding(name, wide.encoding().name().replaceFirst("[BL]E$", ""));
        }
        InputStream fromStart = new ByteArrayInputStream(head, wide.mark(), head.length - wide.mark());
        return new Opened(
                name, new SequenceInputStream(fromStart, in), counted, size, Format.XES, wide.encoding(), wide.mark());
    }

    private static Charset encoding(String name, String text) {
        Matcher declared = ENCODING.matcher(text);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalArgumentException unknown) {
            throw new WrongFile(
                    ConnectorError.UNKNOWN_FORMAT,
                    name + " declares the encoding '" + declared.group(1)
                            + "', which is not known; convert it to UTF-8",
                    unknown);
        }
    }

    /** The first bytes; fewer where the file breaks off, which is met again when it is read on. */
    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int filled = 0;
        try {
            for (int read = 0; read >= 0 && filled < HEAD; filled += Math.max(0, read)) {
                read = in.read(head, filled, HEAD - filled);
            }
        } catch (IOException broken) {
            if (filled == 0) {
                throw broken;
            }
        }
        return Arrays.copyOf(head, filled);
    }

    static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The file of a similar name that somebody may have meant. */
    private static String nearby(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : "; there is no directory " + folder + " either";
        }
        try (var beside = Files.list(folder)) {
            return Nearest.to(
                            String.valueOf(file.getFileName()),
                            beside.map(path -> String.valueOf(path.getFileName()))
                                    .sorted()
                                    .limit(10_000)
                                    .toList())
                    .map(near -> "; maybe " + folder.resolve(near) + "?")
                    .orElse("");
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return "";
        }
    }
}
