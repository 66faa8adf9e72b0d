package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an event of the values of one record, or says why it is none. Knows nothing of formats. For one thread. */
final class Interpreter {

    private final TrackingPlan plan;
    private final Places places = new Places();
    private final Set<String> absent;

    private final int[] typePlaces;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final @Nullable Kind always;
    private final List<String> typeNames;

    private final EventTime time;
    private final int timePlace;
    private final int[] identifierPlaces;
    private final String identifierNames;
    private final int[] idPlaces;
    private final StringBuilder joined = new StringBuilder();

    /** What to do with records of one kind. */
    private sealed interface Kind {
        record Of(EventProperties properties) implements Kind {}

        record LeftOut() implements Kind {}
    }

    /** @throws IllegalArgumentException when the mapping names what the tracking plan does not have */
    Interpreter(FileMapping mapping, TrackingPlan plan) {
        this.plan = plan;
        this.absent = mapping.absent();
        PersonalPlaces personal = new PersonalPlaces(mapping, plan);
        List<EventProperties> properties = new ArrayList<>();
        for (EventType type : plan.types()) {
            properties.add(new EventProperties(type, mapping, places, absent, personal));
        }
        switch (mapping.type()) {
            case TypeFrom.Fixed fixed -> {
                typePlaces = new int[0];
                always = new Kind.Of(properties.get(index(fixed.event())));
                typeNames = List.of(fixed.event());
            }
            case TypeFrom.Told told -> {
                typePlaces = numbers(told.places());
                always = null;
                if (told.names().isEmpty()) {
                    properties.forEach(of -> kinds.put(of.type().name(), new Kind.Of(of)));
                }
                told.names().forEach((text, event) -> kinds.put(text, new Kind.Of(properties.get(index(event)))));
                told.ignored().forEach(text -> kinds.put(text, new Kind.LeftOut()));
                typeNames = kinds.keySet().stream().sorted().toList();
            }
        }
        timePlace = places.number(mapping.time().place());
        time = new EventTime(mapping.time(), personal.holds(mapping.time().place()));
        identifierPlaces = new int[plan.identifiers().size()];
        identifierNames = String.join(", ", mapping.identifiers().values());
        for (IdentifierType identifier : plan.identifiers()) {
            String place = mapping.identifiers().get(identifier.name());
            identifierPlaces[plan.identifier(identifier.name()).orElseThrow()] =
                    place == null ? -1 : places.number(place);
        }
        for (String name : mapping.identifiers().keySet()) {
            if (plan.identifier(name).isEmpty()) {
                throw new IllegalArgumentException("the tracking plan has no identifier '" + name + "'");
            }
        }
        idPlaces = numbers(mapping.eventId());
        mapping.properties().forEach(this::require);
    }

    private void require(PropertyFrom from) {
        from.events().forEach(this::index);
        if (plan.types().stream()
                .noneMatch(type -> type.property(from.property()).isPresent())) {
            throw new IllegalArgumentException(
                    "no event of the tracking plan has a property '" + from.property() + "'");
        }
    }

    Places places() {
        return places;
    }

    /** The number of the only place that tells the type of an event; -1 when there are several, or none. */
    int typePlace() {
        return typePlaces.length == 1 ? typePlaces[0] : -1;
    }

    /** What can be told there. */
    List<String> typeNames() {
        return typeNames;
    }

    /**
     * Reads one record.
     *
     * @param row the values by the numbers of their places, null where there is none
     * @param latestMillis the latest time that is let in, in milliseconds since 1970 UTC
     */
    Reading read(@Nullable String[] row, long latestMillis) {
        Kind kind = always != null ? always : kinds.get(told(row));
        if (kind == null) {
            return unknownType(row);
        }
        return switch (kind) {
            case Kind.LeftOut ignored -> Reading.Ignored.IGNORED;
            case Kind.Of of -> read(of.properties(), row, latestMillis);
        };
    }

    private Reading read(EventProperties properties, @Nullable String[] row, long latestMillis) {
        String when = value(row, timePlace);
        long at = time.millis(when);
        if (!time.isPlausible(at, latestMillis)) {
            return new Reading.Bad(time.rejected(when, at, latestMillis));
        }
        Event.Builder event = Event.of(plan, properties.type(), id(row), at);
        boolean named = false;
        for (int index = 0; index < identifierPlaces.length; index++) {
            String identifier = identifierPlaces[index] < 0 ? null : value(row, identifierPlaces[index]);
            if (identifier != null && identifier != Places.STRUCTURE) {
                event.identifier(index, identifier);
                named = true;
            }
        }
        if (!named) {
            return new Reading.Bad(new Rejected(
                    EventError.NO_SUBJECT, identifierNames, "found nothing, expected whom the event is about"));
        }
        Rejected rejected = properties.read(row, event);
        return rejected == null ? new Reading.Good(event.build()) : new Reading.Bad(rejected);
    }

    private String told(@Nullable String[] row) {
        if (typePlaces.length == 1) {
            String value = value(row, typePlaces[0]);
            return value == null ? "" : value;
        }
        return joined(typePlaces, row);
    }

    private String id(@Nullable String[] row) {
        if (idPlaces.length == 0) {
            return "";
        }
        if (idPlaces.length == 1) {
            String value = value(row, idPlaces[0]);
            return value == null ? "" : value;
        }
        String id = joined(idPlaces, row);
        // Nothing but joints is no id: such events would all be taken for the same one.
        return id.length() == idPlaces.length - 1 ? "" : id;
    }

    private String joined(int[] numbers, @Nullable String[] row) {
        joined.setLength(0);
        for (int i = 0; i < numbers.length; i++) {
            String value = value(row, numbers[i]);
            joined.append(i == 0 ? "" : FileMapping.JOINT).append(value == null ? "" : value);
        }
        return joined.toString();
    }

    private Reading unknownType(@Nullable String[] row) {
        StringBuilder field = new StringBuilder();
        List<String> names = places.names();
        for (int place : typePlaces) {
            field.append(field.isEmpty() ? "" : FileMapping.JOINT).append(names.get(place));
        }
        String found = told(row);
        String suggestion = Nearest.to(found, typeNames)
                .map(name -> "; maybe '" + name + "'?")
                .orElse("");
        return new Reading.Bad(new Rejected(
                EventError.UNKNOWN_TYPE,
                field.toString(),
                "found " + Shown.text(found, false) + ", expected one of the " + typeNames.size()
                        + " names that the mapping and the tracking plan know" + suggestion));
    }

    private @Nullable String value(@Nullable String[] row, int place) {
        String value = row[place];
        return value == null || value.isEmpty() || absent.contains(value) ? null : value;
    }

    private int index(String event) {
        return plan.type(event)
                .orElseThrow(() -> new IllegalArgumentException("the tracking plan has no event '" + event + "'"))
                .index();
    }

    private int[] numbers(List<String> names) {
        return names.stream().mapToInt(places::number).toArray();
    }
}
