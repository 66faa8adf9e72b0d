package dev.forestall.connectors.segment;

import dev.forestall.connectors.files.Shown;
import dev.forestall.connectors.files.Values;
import dev.forestall.connectors.json.Json;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping.Notation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the properties of one event type out of calls. */
final class CallProperties {

    private final EventType type;
    private final List<Reader> readers;

    /** How one property is read. */
    private record Reader(Property property, Values values) {}

    CallProperties(EventType type) {
        this.type = type;
        this.readers = type.properties().stream().map(CallProperties::reader).toList();
    }

    private static Reader reader(Property property) {
        return new Reader(
                property,
                property.type() == PropertyType.TIME
                        ? new Values.Time(Call.ISO)
                        : Values.of(property, new Notation.Plain()));
    }

    /**
     * Reads them; says what is wrong with one that is required, or null. What cannot be read and is not required is kept as it was said.
     *
     * @param unknown is told what cannot be read, by event and property
     */
    @Nullable
    Rejected read(Call call, Event.Builder event, List<String> unknown) {
        Json.Entries details = call.said().entries(call.details());
        for (Reader reader : readers) {
            Property property = reader.property;
            Json value = call.property(property.name(), details);
            boolean isAbsent =
                    value == Json.Null.NULL || value.isScalar() && value.text().isEmpty();
            if (isAbsent && property.required()) {
                return new Rejected(
                        EventError.MISSING_PROPERTY,
                        property.name(),
                        "found nothing, expected " + reader.values.expected() + "; " + type.name() + " requires it");
            }
            if (isAbsent || value.isScalar() && reader.values.read(value.text(), event, property.slot())) {
                continue;
            }
            if (property.required()) {
                String found = value.isScalar() ? Shown.text(value.text(), property.personal()) : "a list or an object";
                return new Rejected(
                        EventError.WRONG_TYPE,
                        property.name(),
                        "found " + found + ", expected " + reader.values.expected());
            }
            event.undeclared(property.name(), value.text());
            unknown.add(type.name() + "." + property.name());
        }
        details.values().forEach((name, value) -> {
            if (value != Json.Null.NULL && type.property(name).isEmpty()) {
                event.undeclared(name, value.text());
            }
        });
        return null;
    }
}
