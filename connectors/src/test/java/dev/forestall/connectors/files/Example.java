package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.Order;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.loop.host.FileMapping.TimeFrom;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** A small shop's tracking plan and mapping, to be varied by tests. */
final class Example {

    static final Instant LATEST = Instant.parse("2026-01-01T00:00:00Z");

    static final TrackingPlan PLAN = new TrackingPlan(
            List.of(
                    new EventType(
                            "order_placed",
                            0,
                            List.of(
                                    property("amount", PropertyType.MONEY, 0, true, "EUR"),
                                    property("items", PropertyType.INTEGER, 1, false, ""),
                                    property("channel", PropertyType.STRING, 2, false, ""),
                                    property("gift", PropertyType.BOOLEAN, 3, false, ""),
                                    property("weight", PropertyType.NUMBER, 4, false, "kg"),
                                    property("due", PropertyType.TIME, 5, false, ""),
                                    property("took", PropertyType.DURATION, 6, false, ""))),
                    new EventType(
                            "contact",
                            1,
                            List.of(
                                    property("channel", PropertyType.STRING, 0, false, ""),
                                    new Property("note", PropertyType.STRING, 1, false, true, ""),
                                    new Property("age", PropertyType.INTEGER, 2, false, true, ""))),
                    new EventType("visit", 2, List.of())),
            List.of(new IdentifierType("userId", "customer", 0, 1), new IdentifierType("device", "customer", 1, 3)));

    static final List<String> PROPERTIES =
            List.of("amount", "items", "channel", "gift", "weight", "due", "took", "note", "age");

    private Example() {}

    private static Property property(String name, PropertyType type, int slot, boolean required, String unit) {
        return new Property(name, type, slot, required, false, unit);
    }

    /** Reads columns that are called as in the tracking plan, and {@code user}, {@code device}, {@code event}, {@code time}, {@code id}. */
    static Mapping mapping() {
        return new Mapping();
    }

    /** A mapping in the making. */
    static final class Mapping {
        private final SequencedMap<String, String> identifiers = new LinkedHashMap<>();
        private List<String> files = List.of();
        private Set<Format> formats = EnumSet.allOf(Format.class);
        private char delimiter = ',';
        private TypeFrom type = new TypeFrom.Told(List.of("event"), new LinkedHashMap<>(), Set.of());
        private TimeFrom time = new TimeFrom("time", new TimeFormat.Iso(ZoneOffset.UTC));
        private final List<PropertyFrom> properties = new ArrayList<>();
        private Set<String> absent = Set.of();
        private List<String> eventId = List.of("id");
        private Order order = Order.AS_IS;

        Mapping() {
            identifiers.put("userId", "user");
            identifiers.put("device", "device");
            PROPERTIES.forEach(name -> properties.add(new PropertyFrom(name, name, List.of(), new Notation.Plain())));
        }

        Mapping only(String... identifierAndPlace) {
            identifiers.clear();
            properties.clear();
            eventId = List.of();
            for (int i = 0; i < identifierAndPlace.length; i += 2) {
                identifiers.put(identifierAndPlace[i], identifierAndPlace[i + 1]);
            }
            return this;
        }

        Mapping files(String... patterns) {
            files = List.of(patterns);
            return this;
        }

        Mapping formats(Format first, Format... rest) {
            formats = EnumSet.of(first, rest);
            return this;
        }

        Mapping delimiter(char value) {
            delimiter = value;
            return this;
        }

        Mapping type(TypeFrom value) {
            type = value;
            return this;
        }

        Mapping time(String place, TimeFormat format) {
            time = new TimeFrom(place, format);
            return this;
        }

        Mapping time(TimeFrom from) {
            time = from;
            return this;
        }

        Mapping property(String name, String place, Notation notation) {
            properties.removeIf(from -> from.property().equals(name));
            return alsoProperty(name, place, notation);
        }

        Mapping alsoProperty(String name, String place, Notation notation, String... events) {
            properties.add(new PropertyFrom(name, place, List.of(events), notation));
            return this;
        }

        Mapping absent(String... texts) {
            absent = Set.of(texts);
            return this;
        }

        Mapping eventId(String... places) {
            eventId = List.of(places);
            return this;
        }

        Mapping byTime() {
            order = Order.BY_TIME;
            return this;
        }

        FileMapping build() {
            return new FileMapping(
                    "example", files, formats, delimiter, identifiers, type, time, properties, absent, eventId, order);
        }
    }

    /** Everything an event says, as text, for comparison. */
    static String told(Event event) {
        StringBuilder told = new StringBuilder();
        told.append(event.type().name())
                .append(" at ")
                .append(event.at())
                .append(" id ")
                .append(event.id());
        for (IdentifierType identifier : PLAN.identifiers()) {
            PLAN.identifier(identifier.name())
                    .map(event::identifier)
                    .ifPresent(value -> told.append(' ')
                            .append(identifier.name())
                            .append('=')
                            .append(value));
        }
        for (Property property : event.type().properties()) {
            if (event.has(property.slot())) {
                told.append(' ').append(property.name()).append('=');
                switch (property.type()) {
                    case STRING -> told.append(event.text(property.slot()));
                    case NUMBER -> told.append(event.number(property.slot()));
                    case INTEGER, BOOLEAN, MONEY, TIME, DURATION -> told.append(event.whole(property.slot()));
                }
            }
        }
        return told.toString();
    }
}
