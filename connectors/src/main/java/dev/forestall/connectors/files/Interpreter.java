package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Placeholders;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import dev.forestall.loop.report.ReportEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes an event of the values of one record, or says why it is none. Knows nothing of formats. For one thread. */
final class Interpreter implements Interpretation {

    private final TrackingPlan plan;
    private final Places places = new Places();
    private final KnownTexts absent;

    /** None when all records are events of the only kind. */
    private final int[] typePlaces;

    private final KnownTexts typeNames;
    /** What each of the type names means, by their numbers. */
    private final List<Kind> kinds;

    private final EventTime time;
    private final int timePlace;
    private final int[] identifierPlaces;
    /** Whether customers are known by it; by its place in the plan. */
    private final boolean[] ofCustomers;

    private final SortedMap<String, Long> placeholders = new TreeMap<>();
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
        this.absent = new KnownTexts(mapping.absent());
        PersonalPlaces personal = new PersonalPlaces(mapping, plan);
        List<EventProperties> properties = new ArrayList<>();
        for (EventType type : plan.types()) {
            properties.add(new EventProperties(type, mapping, places, absent, personal));
        }
        switch (mapping.type()) {
            case TypeFrom.Fixed fixed -> {
                typePlaces = new int[0];
                typeNames = new KnownTexts(List.of(fixed.event()));
                kinds = List.of(new Kind.Of(properties.get(index(fixed.event()))));
            }
            case TypeFrom.Told told -> {
                typePlaces = numbers(told.places());
                Map<String, Kind> named = new TreeMap<>();
                if (told.names().isEmpty()) {
                    properties.stream()
                            .filter(of -> !ReportEvents.isBuiltIn(of.type().name()))
                            .forEach(of -> named.put(of.type().name(), new Kind.Of(of)));
                }
                told.names().forEach((text, event) -> named.put(text, new Kind.Of(properties.get(index(event)))));
                told.ignored().forEach(text -> named.put(text, new Kind.LeftOut()));
                typeNames = new KnownTexts(named.keySet());
                kinds = List.copyOf(named.values());
            }
        }
        timePlace = places.number(mapping.time().place());
        time = new EventTime(mapping.time(), personal.holds(mapping.time().place()));
        identifierPlaces = new int[plan.identifiers().size()];
        ofCustomers = new boolean[identifierPlaces.length];
        for (int i = 0; i < ofCustomers.length; i++) {
            ofCustomers[i] = plan.identifiers().get(i).subjectKind().equals(SubjectId.CUSTOMER);
        }
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

    @Override
    public Places places() {
        return places;
    }

    @Override
    public Reading read(RecordValues values, long latestMillis) {
        int type = type(values);
        if (type == KnownTexts.UNKNOWN) {
            return unknownType(values);
        }
        return switch (kinds.get(type)) {
            case Kind.LeftOut ignored -> Reading.Ignored.IGNORED;
            case Kind.Of of -> read(of.properties(), values, latestMillis);
        };
    }

    private Reading read(EventProperties properties, RecordValues values, long latestMillis) {
        long at = values.isAbsent(timePlace, absent) ? Times.UNREADABLE : time.millis(values, timePlace);
        if (!time.isPlausible(at, latestMillis)) {
            return new Reading.Bad(time.rejected(value(values, timePlace), at, latestMillis));
        }
        Event.Builder event = Event.of(plan, properties.type(), id(values), at);
        boolean named = false;
        boolean isNobody = false;
        for (int index = 0; index < identifierPlaces.length; index++) {
            String identifier = identifierPlaces[index] < 0 ? null : value(values, identifierPlaces[index]);
            if (identifier == null || identifier == RecordValues.STRUCTURE) {
                continue;
            }
            if (isNobody(index, identifier)) {
                isNobody = true;
            } else {
                event.identifier(index, identifier);
                named = true;
            }
        }
        if (!named) {
            String found = isNobody ? "a word that names nobody" : "nothing";
            return new Reading.Bad(new Rejected(
                    EventError.NO_SUBJECT, identifierNames, "found " + found + ", expected whom the event is about"));
        }
        Rejected rejected = properties.read(values, event);
        return rejected == null ? new Reading.Good(event.build()) : new Reading.Bad(rejected);
    }

    private boolean isNobody(int index, String identifier) {
        boolean isNobody = ofCustomers[index] && Placeholders.isPlaceholder(identifier);
        if (isNobody) {
            placeholders.merge(plan.identifiers().get(index).name(), 1L, Long::sum);
        }
        return isNobody;
    }

    @Override
    public SortedMap<String, Long> placeholders() {
        return placeholders;
    }

    /** The number of the type name that the record tells. */
    private int type(RecordValues values) {
        if (typePlaces.length == 0) {
            return 0;
        }
        boolean isPlain = typePlaces.length == 1 && !values.isAbsent(typePlaces[0], absent);
        return isPlain ? values.number(typePlaces[0], typeNames) : typeNames.number(joined(typePlaces, values));
    }

    private String id(RecordValues values) {
        if (idPlaces.length == 0) {
            return "";
        }
        if (idPlaces.length == 1) {
            return textOrEmpty(values, idPlaces[0]);
        }
        String id = joined(idPlaces, values);
        // Nothing but joints is no id: such events would all be taken for the same one.
        return id.length() == idPlaces.length - 1 ? "" : id;
    }

    private String joined(int[] numbers, RecordValues values) {
        joined.setLength(0);
        for (int i = 0; i < numbers.length; i++) {
            joined.append(i == 0 ? "" : FileMapping.JOINT).append(textOrEmpty(values, numbers[i]));
        }
        return joined.toString();
    }

    private Reading unknownType(RecordValues values) {
        StringBuilder field = new StringBuilder();
        List<String> names = places.names();
        for (int place : typePlaces) {
            field.append(field.isEmpty() ? "" : FileMapping.JOINT).append(names.get(place));
        }
        String found = typePlaces.length == 1 ? textOrEmpty(values, typePlaces[0]) : joined(typePlaces, values);
        String suggestion = Nearest.to(found, typeNames.all())
                .map(name -> "; maybe '" + name + "'?")
                .orElse("");
        return new Reading.Bad(new Rejected(
                EventError.UNKNOWN_TYPE,
                field.toString(),
                "found " + Shown.text(found, false) + ", expected one of the "
                        + typeNames.all().size() + " names that the mapping and the tracking plan know" + suggestion));
    }

    private String textOrEmpty(RecordValues values, int place) {
        String value = value(values, place);
        return value == null ? "" : value;
    }

    private @Nullable String value(RecordValues values, int place) {
        return values.isAbsent(place, absent) ? null : values.text(place);
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
