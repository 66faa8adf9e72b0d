package dev.forestall.connectors.events;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Reads events of <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a> as calls that say the same. The
 * {@code type} is the name of the event, {@code source} and {@code id} together say which one it is, {@code data} are its properties, and
 * attributes of extensions are properties too where {@code data} has none of the name. Immutable; for any thread.
 */
public final class CloudEvent {

    private static final String VERSION = "1.0";
    private static final Set<String> ATTRIBUTES =
            Set.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema");
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final Set<String> IDENTIFIERS = Set.of("userId", "anonymousId", "groupId");

    private final JsonReader json;
    private final String placeOfSubject;
    private final int maxBatch;

    /**
     * @param json reads data, and events that are JSON as a whole
     * @param placeOfSubject where in a call stands whom an event is about
     * @param maxBatch how many events may come at once
     */
    public CloudEvent(JsonReader json, String placeOfSubject, int maxBatch) {
        this.json = json;
        this.placeOfSubject = placeOfSubject;
        this.maxBatch = maxBatch;
    }

    /** What a body holds. */
    public sealed interface Reading {
        /** Events, or what was meant to be some. */
        record Read(List<SegmentBody.Item> items) implements Reading {
            public Read {
                items = List.copyOf(items);
            }
        }

        /** Nothing of it can be kept. */
        record Unreadable(String detail) implements Reading {}
    }

    /**
     * An event in binary mode.
     *
     * @param attributes by name, without {@code ce-}
     * @param contentType of the data; empty when that is not said
     * @param data as it came
     */
    public Reading binary(Map<String, String> attributes, String contentType, byte[] data) {
        SequencedMap<String, Json> said = new LinkedHashMap<>();
        attributes.forEach((name, value) -> said.put(name, new Json.Text(value)));
        Json.Slice slice = new Json.Slice(data, 0, data.length);
        if (data.length > 0) {
            Optional<Json> read = isJson(contentType) ? value(data) : Optional.empty();
            if (isJson(contentType) && read.isEmpty()) {
                return new Reading.Read(List.of(unreadable("data is no JSON, and the content type says it is", data)));
            }
            if (read.isPresent()) {
                said.put("data", read.get());
            } else {
                said.put("data", new Json.Text(textOf(data)));
            }
        }
        return new Reading.Read(List.of(item(new Json.Entries(said, slice))));
    }

    private static boolean isJson(String contentType) {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(java.util.Locale.ROOT);
        return type.isEmpty() || type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private Optional<Json> value(byte[] data) {
        return json.read(data) instanceof JsonReader.Reading.Read read ? Optional.of(read.json()) : Optional.empty();
    }

    /** As it is, if it is text; else as Base64. */
    private static String textOf(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException noText) {
            return Base64.getEncoder().encodeToString(data);
        }
    }

    /** One event in structured mode. */
    public Reading structured(byte[] body) {
        return switch (json.read(body)) {
            case JsonReader.Reading.Read(Json.Entries event) -> new Reading.Read(List.of(item(event)));
            case JsonReader.Reading.Read other -> new Reading.Unreadable("the body is JSON, but no object");
            case JsonReader.Reading.Unreadable unreadable ->
                new Reading.Unreadable("the body cannot be read: " + unreadable.detail());
        };
    }

    /** Several in structured mode. */
    public Reading batch(byte[] body) {
        return switch (json.read(body)) {
            case JsonReader.Reading.Read(Json.Items events) -> {
                if (events.values().size() > maxBatch) {
                    yield new Reading.Unreadable("the batch holds "
                            + events.values().size() + " events; at most " + maxBatch + " are possible");
                }
                List<SegmentBody.Item> items = new ArrayList<>();
                for (Json each : events.values()) {
                    items.add(
                            each instanceof Json.Entries event
                                    ? item(event)
                                    : unreadable("it is no object", each.text().getBytes(StandardCharsets.UTF_8)));
                }
                yield new Reading.Read(items);
            }
            case JsonReader.Reading.Read other -> new Reading.Unreadable("the body is JSON, but no list");
            case JsonReader.Reading.Unreadable unreadable ->
                new Reading.Unreadable("the body cannot be read: " + unreadable.detail());
        };
    }

    private static SegmentBody.Item unreadable(String detail, byte[] raw) {
        return new SegmentBody.Item.Unreadable(
                new Rejected(EventError.MALFORMED, "", detail), new String(raw, StandardCharsets.UTF_8));
    }

    private SegmentBody.Item item(Json.Entries event) {
        for (String name : REQUIRED) {
            if (event.scalar(name).isEmpty()) {
                return wrong(event, name, "found nothing, expected the attribute " + name + " of CloudEvents 1.0");
            }
        }
        String version = event.scalar("specversion").orElse("");
        if (!version.equals(VERSION)) {
            return wrong(event, "specversion", "found '" + version + "', expected " + VERSION);
        }
        return new SegmentBody.Item.Said(call(event));
    }

    private static SegmentBody.Item wrong(Json.Entries event, String attribute, String detail) {
        return new SegmentBody.Item.Unreadable(
                new Rejected(EventError.MALFORMED, attribute, detail),
                event.slice().text());
    }

    private Json.Entries call(Json.Entries event) {
        SequencedMap<String, Json> properties = new LinkedHashMap<>(properties(event));
        event.values().forEach((name, value) -> {
            if (!ATTRIBUTES.contains(name) && !name.startsWith("data")) {
                properties.putIfAbsent(name, value);
            }
        });
        SequencedMap<String, Json> call = new LinkedHashMap<>();
        call.put("type", new Json.Text("track"));
        call.put("event", event.get("type"));
        call.put(
                "messageId",
                new Json.Text(event.scalar("source").orElse("") + " "
                        + event.scalar("id").orElse("")));
        if (event.scalar("time").isPresent()) {
            call.put("timestamp", event.get("time"));
        }
        for (String identifier : IDENTIFIERS) {
            if (properties.containsKey(identifier)) {
                call.put(identifier, properties.get(identifier));
            }
        }
        if (event.scalar("subject").isPresent()) {
            call.put("subject", event.get("subject"));
            putSubject(event.get("subject"), call, properties);
        }
        call.put("properties", new Json.Entries(properties, event.slice()));
        return new Json.Entries(call, event.slice());
    }

    private void putSubject(Json subject, SequencedMap<String, Json> call, SequencedMap<String, Json> properties) {
        String within = "properties.";
        if (placeOfSubject.startsWith(within)) {
            properties.putIfAbsent(placeOfSubject.substring(within.length()), subject);
        } else {
            call.putIfAbsent(placeOfSubject, subject);
        }
    }

    /** Data that is no object is one property, {@code data}. */
    private Map<String, Json> properties(Json.Entries event) {
        Json data = event.get("data");
        if (data == Json.Null.NULL && event.scalar("data_base64").isPresent()) {
            data = decoded(
                    event.scalar("data_base64").orElse(""),
                    event.scalar("datacontenttype").orElse(""));
        }
        return switch (data) {
            case Json.Entries entries -> entries.values();
            case Json.Null nothing -> Map.of();
            default -> Map.of("data", data);
        };
    }

    private Json decoded(String base64, String contentType) {
        try {
            byte[] data = Base64.getDecoder().decode(base64);
            Optional<Json> read = isJson(contentType) ? value(data) : Optional.empty();
            return read.orElseGet(() -> new Json.Text(base64));
        } catch (IllegalArgumentException noBase64) {
            return new Json.Text(base64);
        }
    }
}
