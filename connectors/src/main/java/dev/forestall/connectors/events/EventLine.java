package dev.forestall.connectors.events;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * An event as an object of its own: {@code {"event", "time", "id", "userId", "properties"}}. What else it says is a property too. An object with a
 * {@code type} is a call of Segment's: {@code {"type": "identify", "userId", "traits"}}. Immutable; for any thread.
 */
public final class EventLine {

    private static final Map<String, String> NAMES = Map.of("time", "timestamp", "id", "messageId");

    /** What stands beside the properties in a call. */
    private static final Set<String> FIELDS = Set.of(
            "type",
            "event",
            "timestamp",
            "originalTimestamp",
            "sentAt",
            "messageId",
            "userId",
            "anonymousId",
            "groupId",
            "previousId",
            "context",
            "integrations",
            "traits",
            "writeKey");

    private final JsonReader json;

    /**
     * @param depth how deep objects and lists may stand in each other
     * @param bytes how long a line may be
     */
    public EventLine(int depth, int bytes) {
        this.json = new JsonReader(depth, bytes);
    }

    /** Reads a line. Whatever it holds, this is no exception. */
    public SegmentBody.Item read(byte[] line) {
        return switch (json.read(line)) {
            case JsonReader.Reading.Read(Json.Entries said) -> new SegmentBody.Item.Said(call(said));
            case JsonReader.Reading.Read other -> unreadable("it is JSON, but no object", line);
            case JsonReader.Reading.Unreadable unreadable -> unreadable(unreadable.detail(), line);
        };
    }

    private static SegmentBody.Item unreadable(String detail, byte[] line) {
        return new SegmentBody.Item.Unreadable(
                new Rejected(EventError.MALFORMED, "", detail + "; expected an event as an object of JSON in one line"),
                new String(line, StandardCharsets.UTF_8));
    }

    /** The call that says the same. */
    static Json.Entries call(Json.Entries said) {
        SequencedMap<String, Json> call = new LinkedHashMap<>();
        SequencedMap<String, Json> properties = new LinkedHashMap<>();
        said.values().forEach((name, value) -> {
            String field = NAMES.getOrDefault(name, name);
            if (FIELDS.contains(field)) {
                call.putIfAbsent(field, value);
            } else if (!name.equals("properties")) {
                properties.put(name, value);
            }
        });
        properties.putAll(said.entries("properties").values());
        call.put(
                "properties",
                new Json.Entries(properties, said.entries("properties").slice()));
        call.putIfAbsent("type", new Json.Text("track"));
        return new Json.Entries(call, said.slice());
    }
}
