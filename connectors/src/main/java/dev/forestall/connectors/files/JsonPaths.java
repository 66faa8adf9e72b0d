package dev.forestall.connectors.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Lists the fields of a JSON object, with dots between the names on the way, for people who look for the right one. */
final class JsonPaths {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonPaths() {}

    /** As far as the object is well-formed. */
    static List<String> of(String object) {
        SequencedSet<String> paths = new LinkedHashSet<>();
        try (JsonParser json = JSON.createParser(object)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    json.skipChildren();
                }
                if (token != JsonToken.FIELD_NAME && token != JsonToken.START_OBJECT && token != JsonToken.END_OBJECT) {
                    String pointer = json.getParsingContext().pathAsPointer().toString();
                    // RFC 6901 writes a slash within a name as ~1 and a tilde as ~0.
                    paths.add(pointer.substring(1)
                            .replace('/', '.')
                            .replace("~1", "/")
                            .replace("~0", "~"));
                }
            }
        } catch (IOException malformed) {
            return List.copyOf(paths);
        }
        return List.copyOf(paths);
    }
}
