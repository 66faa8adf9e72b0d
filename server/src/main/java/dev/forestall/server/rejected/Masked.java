package dev.forestall.server.rejected;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.server.api.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What was sent, without what may be personal. Nothing of it was declared, so nobody has said what is: names stay, and values only where they
 * say what kind of event it is and when.
 */
public final class Masked {

    private static final Set<String> SHOWN = Set.of(
            "event",
            "type",
            "timestamp",
            "originalTimestamp",
            "sentAt",
            "time",
            "messageId",
            "id",
            "specversion",
            "source",
            "datacontenttype");

    private static final JsonReader READER = new JsonReader(64, 1 << 20);

    private Masked() {}

    /** JSON; or how long it is, if it is none. */
    public static String of(String raw) {
        return READER.read(raw.getBytes(StandardCharsets.UTF_8)) instanceof JsonReader.Reading.Read read
                ? new String(
                        JsonBody.of(json -> json.writeRawValue(masked("", read.json(), true))), StandardCharsets.UTF_8)
                : "(" + raw.length() + " letters that are no JSON)";
    }

    /** @param isOutermost whether it stands in the event itself, and not in what it says */
    private static String masked(String name, Json value, boolean isOutermost) {
        return switch (value) {
            case Json.Null ignored -> "null";
            case Json.Truth truth -> Boolean.toString(truth.value());
            case Json.Text text ->
                isOutermost && SHOWN.contains(name)
                        ? quoted(text.value())
                        : quoted("(text of " + text.value().length() + ")");
            case Json.Numeral numeral -> isOutermost && SHOWN.contains(name) ? numeral.written() : quoted("(number)");
            case Json.Items items ->
                items.values().stream()
                        .map(each -> masked("", each, false))
                        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
            case Json.Entries entries ->
                entries.values().entrySet().stream()
                        .map(each -> quoted(each.getKey()) + ":"
                                + masked(each.getKey(), each.getValue(), isOutermost && name.isEmpty()))
                        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
        };
    }

    private static String quoted(String text) {
        return new String(JsonBody.of(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }
}
