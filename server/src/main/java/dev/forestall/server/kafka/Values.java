package dev.forestall.server.kafka;

import dev.forestall.connectors.events.CloudEvent;
import dev.forestall.connectors.events.Debezium;
import dev.forestall.connectors.events.EventLine;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.server.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads values of records as calls. For one thread. */
final class Values {

    private static final String ATTRIBUTE = "ce_";

    private final int maxBytes;
    private final JsonReader json;
    private final EventLine lines;
    private final Debezium changes;

    /**
     * @param maxBytes how long a value may be
     * @param depth how deep objects and lists may stand in each other
     */
    Values(int maxBytes, int depth) {
        this.maxBytes = maxBytes;
        this.json = new JsonReader(depth, maxBytes);
        this.lines = new EventLine(depth, maxBytes);
        this.changes = new Debezium(depth, maxBytes);
    }

    /**
     * Reads a value. Whatever it holds, this is no exception.
     *
     * @param placeOfSubject where in a call stands whom an event is about
     * @return nothing when there is nothing to read in it
     */
    Optional<SegmentBody.Item> read(
            ConsumerRecord<byte[], byte[]> record, Settings.Kafka.Format format, String placeOfSubject) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        if (value.length > maxBytes) {
            return Optional.of(new SegmentBody.Item.Unreadable(
                    new Rejected(
                            EventError.TOO_LARGE,
                            "",
                            "found " + value.length + " bytes, at most " + maxBytes + " are possible"),
                    new String(value, 0, maxBytes, StandardCharsets.UTF_8)));
        }
        Optional<SegmentBody.Item> item = switch (format) {
            case JSON -> Optional.of(lines.read(value));
            case CLOUDEVENTS -> Optional.of(cloudEvent(record, value, placeOfSubject));
            case DEBEZIUM -> changes.read(value);
        };
        return item.map(each -> timed(each, record.timestamp()));
    }

    private SegmentBody.Item cloudEvent(ConsumerRecord<byte[], byte[]> record, byte[] value, String placeOfSubject) {
        CloudEvent events = new CloudEvent(json, placeOfSubject, 1);
        Map<String, String> attributes = new TreeMap<>();
        String contentType = "";
        for (Header header : record.headers()) {
            if (header.value() == null) {
                continue;
            }
            String text = new String(header.value(), StandardCharsets.UTF_8);
            if (header.key().startsWith(ATTRIBUTE)) {
                attributes.put(header.key().substring(ATTRIBUTE.length()), text);
            } else if (header.key().equalsIgnoreCase("content-type")) {
                contentType = text;
            }
        }
        CloudEvent.Reading reading = attributes.containsKey("specversion")
                ? events.binary(attributes, contentType, value)
                : events.structured(value);
        return switch (reading) {
            case CloudEvent.Reading.Read read
            when read.items().size() == 1 -> read.items().getFirst();
            case CloudEvent.Reading.Read none -> unreadable("there is no event in it", value);
            case CloudEvent.Reading.Unreadable unreadable -> unreadable(unreadable.detail(), value);
        };
    }

    private static SegmentBody.Item unreadable(String detail, byte[] value) {
        return new SegmentBody.Item.Unreadable(
                new Rejected(EventError.MALFORMED, "", detail), new String(value, StandardCharsets.UTF_8));
    }

    /** What does not say when it happened, happened when it was written to the topic. */
    private static SegmentBody.Item timed(SegmentBody.Item item, long timestamp) {
        if (!(item instanceof SegmentBody.Item.Said(Json.Entries call))
                || timestamp < 0
                || call.scalar("timestamp").isPresent()) {
            return item;
        }
        SequencedMap<String, Json> said = new LinkedHashMap<>(call.values());
        said.put("timestamp", new Json.Text(Instant.ofEpochMilli(timestamp).toString()));
        return new SegmentBody.Item.Said(new Json.Entries(said, call.slice()));
    }
}
