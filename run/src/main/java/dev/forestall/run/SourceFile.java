package dev.forestall.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that was read.
 *
 * @param name without folders: what the log calls it
 * @param path where it was, absolute
 * @param mapping by which mapping of the pack it was read
 * @param bytes its size when it was read
 * @param modified when it had last been changed
 */
record SourceFile(String name, Path path, String mapping, long bytes, Instant modified) {

    /** As it lies on the disk now. */
    static SourceFile of(Path file, String name, String mapping) throws IOException {
        return new SourceFile(
                name,
                file.toAbsolutePath().normalize(),
                mapping,
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant());
    }

    /** Whether the file is there and looks as it did. */
    boolean isUnchanged() {
        try {
            SourceFile now = of(path, name, mapping);
            return now.bytes == bytes && now.modified.equals(modified);
        } catch (IOException gone) {
            return false;
        }
    }

    /** The parser stands at the start of the object. */
    static SourceFile read(JsonParser json) throws IOException {
        String name = "";
        String path = "";
        String mapping = "";
        long bytes = 0;
        Instant modified = Instant.EPOCH;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "path" -> path = json.getText();
                case "mapping" -> mapping = json.getText();
                case "bytes" -> bytes = json.getLongValue();
                case "modified" -> modified = Instant.parse(json.getText());
                default -> throw new IOException("the record of the run has an unknown key '" + field + "'");
            }
        }
        return new SourceFile(name, Path.of(path), mapping, bytes, modified);
    }
}
