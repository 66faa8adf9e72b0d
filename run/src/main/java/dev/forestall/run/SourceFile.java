package dev.forestall.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forestall.connectors.files.FileOptions.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that was read, or a part of one that has grown since.
 *
 * @param name what the log calls it: that of the file without folders, with {@code ~2} and so on behind it when there is more than one
 * @param path where it was, absolute
 * @param mapping by which mapping of the pack it was read
 * @param bytes its size on the disk when it was last looked at
 * @param modified when it had last been changed then
 * @param from the byte at which the part begins
 * @param content of the file up to the end of the part
 * @param isRead whether it was read to its end
 */
record SourceFile(
        String name,
        Path path,
        String mapping,
        long bytes,
        Instant modified,
        long from,
        Fingerprint content,
        boolean isRead) {

    /** Stands in the names of files of repaired records, behind that of the file they come from. */
    static final String REPAIRED = "#";

    /** The whole of a file as it lies on the disk now. */
    static SourceFile of(Path file, String name, String mapping) throws IOException {
        return part(file, name, mapping, 0);
    }

    /** A file as it lies on the disk now, from a byte on. */
    static SourceFile part(Path file, String name, String mapping, long from) throws IOException {
        long size = Files.size(file);
        return new SourceFile(
                name,
                normal(file),
                mapping,
                size,
                Files.getLastModifiedTime(file).toInstant(),
                from,
                Fingerprint.of(file, size),
                false);
    }

    static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** The same, read to its end. */
    SourceFile read() {
        return new SourceFile(name, path, mapping, bytes, modified, from, content, true);
    }

    /** The same part, of a file that lies elsewhere or has grown by now. */
    SourceFile lyingAt(Path file) throws IOException {
        return new SourceFile(
                name,
                normal(file),
                mapping,
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant(),
                from,
                content,
                isRead);
    }

    /** Whether it holds records that were rejected, repaired and read again. */
    boolean isRepaired() {
        return name.contains(REPAIRED);
    }

    /** Behind the last byte of the part. */
    long to() {
        return content.length();
    }

    Stretch stretch() {
        return new Stretch(from, to());
    }

    /** Whether the file is there and looks as it did. */
    boolean isUnchanged() {
        try {
            return Files.size(path) == bytes
                    && Files.getLastModifiedTime(path).toInstant().equals(modified);
        } catch (IOException gone) {
            return false;
        }
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("path", path.toString());
        json.writeStringField("mapping", mapping);
        json.writeNumberField("bytes", bytes);
        json.writeStringField("modified", modified.toString());
        json.writeNumberField("from", from);
        json.writeNumberField("to", content.length());
        json.writeArrayFieldStart("blocks");
        for (String block : content.blocks()) {
            json.writeString(block);
        }
        json.writeEndArray();
        json.writeBooleanField("read", isRead);
        json.writeEndObject();
    }

    /** The parser stands at the start of the object. */
    static SourceFile read(JsonParser json) throws IOException {
        String name = "";
        String path = "";
        String mapping = "";
        long bytes = 0;
        Instant modified = Instant.EPOCH;
        long from = 0;
        long to = 0;
        List<String> blocks = new ArrayList<>();
        boolean isRead = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "path" -> path = json.getText();
                case "mapping" -> mapping = json.getText();
                case "bytes" -> bytes = json.getLongValue();
                case "modified" -> modified = Instant.parse(json.getText());
                case "from" -> from = json.getLongValue();
                case "to" -> to = json.getLongValue();
                case "blocks" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        blocks.add(json.getText());
                    }
                }
                case "read" -> isRead = json.getBooleanValue();
                default -> throw new IOException("the record of the run has an unknown key '" + field + "'");
            }
        }
        return new SourceFile(name, Path.of(path), mapping, bytes, modified, from, new Fingerprint(to, blocks), isRead);
    }
}
