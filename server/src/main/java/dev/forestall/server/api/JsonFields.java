package dev.forestall.server.api;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import java.util.Optional;
import java.util.Set;

/** The fields of a command's body: one JSON object of texts, truths and numbers, all read as text. */
final class JsonFields {

    /** What people write as a reason, at most. */
    private static final int LONGEST = 1_000;

    private static final JsonReader READER = new JsonReader(4, 1 << 20);

    private final Json.Entries entries;

    private JsonFields(Json.Entries entries) {
        this.entries = entries;
    }

    /** @param known fields that the command has; others are refused, for they may be one that was misspelled */
    static JsonFields of(byte[] body, String... known) {
        Json.Entries entries = switch (READER.read(body)) {
            case JsonReader.Reading.Read read when read.json() instanceof Json.Entries object -> object;
            case JsonReader.Reading.Read other ->
                throw new Declined(ApiError.UNREADABLE, "the body: expected a JSON object");
            case JsonReader.Reading.Unreadable unreadable ->
                throw new Declined(ApiError.UNREADABLE, "the body: " + unreadable.detail());
        };
        Set<String> names = Set.of(known);
        entries.values().forEach((name, value) -> {
            if (!names.contains(name)) {
                throw wrong(name, "there is no such field; there is " + String.join(", ", known));
            }
            if (!value.isScalar() && value != Json.Null.NULL) {
                throw wrong(name, "expected a text");
            }
        });
        return new JsonFields(entries);
    }

    static Declined wrong(String name, String detail) {
        return new Declined(ApiError.WRONG_FIELD, name + ": " + detail);
    }

    Optional<String> text(String name) {
        return entries.scalar(name);
    }

    /** A text that must be there, and is not long. */
    String required(String name) {
        String text = text(name).orElse("").strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw wrong(name, "expected a text of 1 to " + LONGEST + " letters");
        }
        return text;
    }
}
