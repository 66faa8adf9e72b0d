package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.PropertyFrom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the properties of one event type. Where two places fill the same property, the first that has a value wins. */
final class EventProperties {

    private final EventType type;
    private final KnownTexts absent;
    private final List<Source> sources = new ArrayList<>();
    private final long required;

    /** One place that fills one property. */
    private record Source(Property property, String place, int number, Values values, boolean isPersonal) {}

    EventProperties(EventType type, FileMapping mapping, Places places, KnownTexts absent, PersonalPlaces personal) {
        this.type = type;
        this.absent = absent;
        for (PropertyFrom from : mapping.properties()) {
            if (from.events().isEmpty() || from.events().contains(type.name())) {
                type.property(from.property())
                        .ifPresent(property -> sources.add(new Source(
                                property,
                                from.place(),
                                places.number(from.place()),
                                Values.of(property, from.notation()),
                                personal.holds(from.place()))));
            }
        }
        long mask = 0;
        for (Property property : type.properties()) {
            mask |= property.required() ? 1L << property.slot() : 0;
        }
        required = mask;
    }

    EventType type() {
        return type;
    }

    /** Fills the event; says what is wrong, or null. */
    @Nullable
    Rejected read(RecordValues values, Event.Builder event) {
        long present = 0;
        for (Source source : sources) {
            int slot = source.property.slot();
            String value = (present & 1L << slot) != 0 || values.isAbsent(source.number, absent)
                    ? null
                    : values.text(source.number);
            if (value == null) {
                continue;
            }
            if (value == RecordValues.STRUCTURE || !source.values.read(value, event, slot)) {
                return wrong(source, value);
            }
            present |= 1L << slot;
        }
        return (required & ~present) == 0 ? null : missing(required & ~present);
    }

    private static Rejected wrong(Source source, String value) {
        return new Rejected(
                EventError.WRONG_TYPE,
                source.place,
                "found " + Shown.text(value, source.isPersonal) + ", expected " + source.values.expected()
                        + called(source));
    }

    private Rejected missing(long lacking) {
        int slot = Long.numberOfTrailingZeros(lacking);
        Property property = type.properties().get(slot);
        for (Source source : sources) {
            if (source.property.slot() == slot) {
                return new Rejected(
                        EventError.MISSING_PROPERTY,
                        source.place,
                        "found nothing, expected " + source.values.expected() + called(source) + "; " + type.name()
                                + " requires it");
            }
        }
        return new Rejected(
                EventError.MISSING_PROPERTY,
                property.name(),
                type.name() + " requires it, and the file mapping says of no place where it stands");
    }

    private static String called(Source source) {
        String name = source.property.name();
        return name.equals(source.place) ? "" : " for property " + name;
    }
}
