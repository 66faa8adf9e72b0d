package dev.forestall.server.demo;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import dev.forestall.server.api.JsonBody;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * An event of the demo, as it is sent.
 *
 * @param atMillis when it happens, by the clock of the demo
 * @param line as JSON, in one line
 */
record DemoEvent(long atMillis, String line) {

    static DemoEvent of(Event event, String id) {
        return new DemoEvent(event.atMillis(), line(event, id, event.type().name()));
    }

    /** The same, as a sender says it who has mistyped its name. */
    DemoEvent mistyped() {
        return new DemoEvent(
                atMillis,
                line.replaceFirst("\"event\":\"(.)(.)", "\"event\":\"$2$1")
                        .replaceFirst("\"id\":\"", "\"id\":\"mistyped-"));
    }

    private static String line(Event event, String id, String name) {
        byte[] json = JsonBody.of(out -> {
            out.writeStartObject();
            out.writeStringField("event", name);
            out.writeStringField("id", id);
            out.writeStringField("time", event.at().toString());
            out.writeStringField("userId", event.identifier(0));
            out.writeObjectFieldStart("properties");
            for (Property property : event.type().properties()) {
                if (event.has(property.slot())) {
                    out.writeFieldName(property.name());
                    switch (property.type()) {
                        case STRING -> out.writeString(event.text(property.slot()));
                        case NUMBER -> out.writeNumber(event.number(property.slot()));
                        case INTEGER -> out.writeNumber(event.whole(property.slot()));
                        case BOOLEAN -> out.writeBoolean(event.whole(property.slot()) != 0);
                        case MONEY -> out.writeNumber(BigDecimal.valueOf(event.whole(property.slot()), 2));
                        case TIME ->
                            out.writeString(Instant.ofEpochMilli(event.whole(property.slot()))
                                    .toString());
                        case DURATION ->
                            out.writeString(Duration.ofMillis(event.whole(property.slot()))
                                    .toString());
                    }
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        });
        return new String(json, StandardCharsets.UTF_8);
    }
}
