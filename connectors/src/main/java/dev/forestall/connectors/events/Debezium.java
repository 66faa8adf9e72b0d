package dev.forestall.connectors.events;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads what <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html">Debezium</a> says of changed rows, as JSON with or without its schema,
 * as calls: the event is called {@code orders/insert}, {@code orders/update} or {@code orders/delete}, and the columns of the row are its properties, those before the change under
 * {@code before}. Immutable; for any thread.
 */
public final class Debezium {

    /** What stands for a large value that a change did not touch: it is not known. */
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private static final Map<String, String> CHANGES = Map.of("c", "insert", "u", "update", "d", "delete");

    private final JsonReader json;

    /**
     * @param depth how deep objects and lists may stand in each other
     * @param bytes how long a value may be
     */
    public Debezium(int depth, int bytes) {
        this.json = new JsonReader(depth, bytes);
    }

    /**
     * Reads a value. Whatever it holds, this is no exception.
     *
     * @return nothing when it is no change: rows that were there before, and what transactions say of themselves
     */
    public Optional<SegmentBody.Item> read(byte[] value) {
        return switch (json.read(value)) {
            case JsonReader.Reading.Read(Json.Entries whole) ->
                changed(whole.get("payload") instanceof Json.Entries payload ? payload : whole, value);
            case JsonReader.Reading.Read other -> Optional.of(unreadable("it is JSON, but no object", value));
            case JsonReader.Reading.Unreadable unreadable -> Optional.of(unreadable(unreadable.detail(), value));
        };
    }

    private static Optional<SegmentBody.Item> changed(Json.Entries payload, byte[] value) {
        String op = payload.scalar("op").orElse("");
        if (op.equals("r")
                || op.equals("t")
                || op.equals("m")
                || payload.scalar("status").isPresent() && op.isEmpty()) {
            return Optional.empty();
        }
        String change = CHANGES.get(op);
        Json.Entries source = payload.entries("source");
        Optional<String> table = source.scalar("table").or(() -> source.scalar("collection"));
        if (change == null || table.isEmpty()) {
            return Optional.of(unreadable(
                    "it is no change of a row: expected op c, u or d and source.table, found op '" + op + "'", value));
        }
        Json.Entries before = payload.entries("before");
        Json.Entries row = change.equals("delete") ? before : payload.entries("after");
        SequencedMap<String, Json> properties = new LinkedHashMap<>(known(row));
        properties.put("before", new Json.Entries(known(before), before.slice()));
        SequencedMap<String, Json> call = new LinkedHashMap<>();
        call.put("type", new Json.Text("track"));
        call.put("event", new Json.Text(table.get() + "/" + change));
        source.scalar("ts_ms")
                .or(() -> payload.scalar("ts_ms"))
                .flatMap(Debezium::time)
                .ifPresent(at -> call.put("timestamp", new Json.Text(at)));
        call.put("properties", new Json.Entries(properties, row.slice()));
        return Optional.of(new SegmentBody.Item.Said(new Json.Entries(call, new Json.Slice(value, 0, value.length))));
    }

    private static SequencedMap<String, Json> known(Json.Entries row) {
        SequencedMap<String, Json> known = new LinkedHashMap<>();
        row.values().forEach((column, cell) -> {
            if (!(cell instanceof Json.Text text && text.value().equals(UNAVAILABLE))) {
                known.put(column, cell);
            }
        });
        return known;
    }

    private static Optional<String> time(String millis) {
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)).toString());
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static SegmentBody.Item unreadable(String detail, byte[] value) {
        return new SegmentBody.Item.Unreadable(
                new Rejected(EventError.MALFORMED, "", detail), new String(value, StandardCharsets.UTF_8));
    }
}
