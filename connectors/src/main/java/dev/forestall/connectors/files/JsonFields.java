package dev.forestall.connectors.files;

import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted values of one JSON object. What nobody asks for is skipped; a name that stands twice counts the last time. Types
 * are never named by the input: the library's binding of classes is not used. For one thread.
 */
final class JsonFields {

    private final JSONReader.Context context = new JSONReader.Context();
    private final JsonNames names;
    private final @Nullable String[] row;

    JsonFields(Places places) {
        this.names = JsonNames.of(places.names());
        this.row = places.row();
    }

    /** The values of the object read last, by the numbers of their places. */
    @Nullable
    String[] row() {
        return row;
    }

    /** Reads the object that stands between two places; says what is wrong with it. */
    Optional<String> read(byte[] bytes, int from, int to) {
        Arrays.fill(row, null);
        Optional<String> unusual = JsonGuard.problem(bytes, from, to);
        if (unusual.isPresent()) {
            return unusual;
        }
        try (JSONReader json = JSONReader.of(bytes, from, to - from, StandardCharsets.UTF_8, context)) {
            if (!json.nextIfObjectStart()) {
                return Optional.of("expected an object in braces");
            }
            if (!readObject(json, names, bytes)) {
                return Optional.of("found no comma between two fields, or one too many, near place "
                        + Math.max(1, json.getOffset() - from));
            }
            return json.isEnd() ? Optional.empty() : Optional.of("found more behind the end of the object");
        } catch (JSONException malformed) {
            return Optional.of("found no well-formed JSON object");
        }
    }

    private boolean readObject(JSONReader json, JsonNames level, byte[] bytes) {
        boolean first = true;
        while (!json.nextIfObjectEnd()) {
            if (!first && !json.hasComma()) {
                return false;
            }
            first = false;
            int found = level.find(json.readFieldNameHashCode());
            if (found < 0) {
                json.skipValue();
            } else if (!readValue(json, level, found, bytes)) {
                return false;
            }
        }
        return first || !json.hasComma();
    }

    private boolean readValue(JSONReader json, JsonNames level, int found, byte[] bytes) {
        int place = level.place(found);
        JsonNames inside = level.inside(found);
        char c = json.current();
        if (c == '{' && inside != null) {
            json.nextIfObjectStart();
            boolean well = readObject(json, inside, bytes);
            if (place >= 0) {
                row[place] = Places.STRUCTURE;
            }
            return well;
        }
        if (place < 0) {
            json.skipValue();
            return true;
        }
        row[place] = switch (c) {
            case '"', '\'' -> json.readString();
            case 't', 'f' -> json.readBoolValue() ? "true" : "false";
            case '{', '[' -> {
                json.skipValue();
                yield Places.STRUCTURE;
            }
            case 'n' -> {
                json.readNull();
                yield null;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(json, bytes);
            default -> throw new JSONException("no value starts with " + c);
        };
        return true;
    }

    /** A number as it is written: reading it into a double would lose what money needs. */
    private static String number(JSONReader json, byte[] bytes) {
        int start = json.getOffset() - 1;
        int end = start;
        while (end < bytes.length && isOfNumber(bytes[end])) {
            end++;
        }
        json.skipValue();
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isOfNumber(byte c) {
        return c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }
}
