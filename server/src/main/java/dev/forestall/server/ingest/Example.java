package dev.forestall.server.ingest;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.report.ReportEvents;
import java.net.URI;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Calls that somebody can copy to see how it goes: one that is fine by the pack, and one that is not.
 *
 * @param good as a shell takes it
 * @param bad the same with an event that nobody has declared
 */
public record Example(String good, String bad) {

    /** With a key, or the words that stand for one. */
    public static Example of(Definition definition, String key, URI address) {
        // What starts a journey shows more than what stands first in the plan.
        Stream<EventType> starts = definition.journeys().all().stream()
                .flatMapToInt(journey -> journey.start().types().stream())
                .mapToObj(definition.plan().types()::get);
        String event = Stream.concat(starts, definition.plan().types().stream())
                .filter(type -> !ReportEvents.isBuiltIn(type.name()))
                .findFirst()
                .map(Example::body)
                .orElse("{\"userId\":\"ann\",\"event\":\"hello\"}");
        String bad = "{\"userId\":\"ann\",\"event\":\"never_heard_of\"}";
        String call = "curl -u %s: %s/v1/track -d '%s'";
        return new Example(call.formatted(key, address, event), call.formatted(key, address, bad));
    }

    private static String body(EventType type) {
        StringJoiner properties = new StringJoiner(",", ",\"properties\":{", "}").setEmptyValue("");
        type.properties().stream()
                .filter(Property::required)
                .forEach(each -> properties.add("\"" + each.name() + "\":" + value(each)));
        return "{\"userId\":\"ann\",\"event\":\"" + type.name() + "\"" + properties + "}";
    }

    private static String value(Property property) {
        return switch (property.type()) {
            case STRING -> "\"something\"";
            case NUMBER -> "1.5";
            case INTEGER -> "1";
            case BOOLEAN -> "true";
            case MONEY -> "12000";
            case TIME -> "\"2026-01-01T00:00:00Z\"";
            case DURATION -> "\"PT5M\"";
        };
    }
}
