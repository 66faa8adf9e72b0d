package dev.forestall.loop.host;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of the log and reads them back. Events are written with the names of everything they carry, so that a log outlives
 * the pack that filled it: what a later tracking plan does not know is left out, what it forbids is rejected. For one thread.
 */
public final class LoggedCodec {

    private static final int ARRIVED = 1;
    private static final int REJECTED = 2;
    private static final int TICKED = 3;
    private static final int UNMERGED = 4;
    private static final int REPORTED = 10;

    private final TrackingPlan plan;
    private final Writer writer = new Writer();

    public LoggedCodec(TrackingPlan plan) {
        this.plan = plan;
    }

    public byte[] write(Logged logged) {
        writer.clear();
        switch (logged) {
            case Logged.Arrived arrived -> {
                writer.count(ARRIVED);
                write(arrived.origin());
                write(arrived.event());
            }
            case Logged.Rejection rejection -> {
                writer.count(REJECTED);
                write(rejection.origin());
                writer.text(rejection.rejected().code().code())
                        .text(rejection.rejected().code().title())
                        .text(rejection.rejected().field())
                        .text(rejection.rejected().detail())
                        .text(rejection.raw());
            }
            case Logged.Ticked ticked -> writer.count(TICKED).whole(ticked.atMillis());
            case Logged.Unmerged unmerged -> {
                writer.count(UNMERGED);
                write(unmerged.origin());
                unmerged.unmerge().write(writer);
            }
            case Logged.Reported reported -> {
                writer.count(REPORTED);
                write(reported.origin());
                ReportCodec.write(reported.report(), writer);
            }
        }
        return writer.toBytes();
    }

    public Logged read(byte[] bytes) {
        Reader from = new Reader(bytes);
        return switch (from.size()) {
            case ARRIVED -> readEvent(readOrigin(from), from);
            case REJECTED ->
                new Logged.Rejection(
                        readOrigin(from),
                        new Rejected(new StoredCode(from.text(), from.text()), from.text(), from.text()),
                        from.text());
            case TICKED -> new Logged.Ticked(from.whole());
            case UNMERGED -> new Logged.Unmerged(readOrigin(from), Unmerge.read(from));
            case REPORTED -> new Logged.Reported(readOrigin(from), ReportCodec.read(from));
            default ->
                throw new IllegalStateException("a log record of an unknown kind: was it written by a later version?");
        };
    }

    private void write(Origin origin) {
        writer.text(origin.source()).count(origin.ordinal() + 1).count(origin.line());
    }

    private static Origin readOrigin(Reader from) {
        return new Origin(from.text(), from.count() - 1, from.count());
    }

    private void write(Event event) {
        writer.text(event.type().name()).whole(event.atMillis()).text(event.id());
        List<IdentifierType> identifiers = plan.identifiers();
        int named = 0;
        for (int i = 0; i < identifiers.size(); i++) {
            named += event.identifier(i) == null ? 0 : 1;
        }
        writer.count(named);
        for (int i = 0; i < identifiers.size(); i++) {
            String value = event.identifier(i);
            if (value != null) {
                writer.text(identifiers.get(i).name()).text(value);
            }
        }
        List<Property> properties = event.type().properties();
        int present = 0;
        for (int slot = 0; slot < properties.size(); slot++) {
            present += event.has(slot) ? 1 : 0;
        }
        writer.count(present);
        for (int slot = 0; slot < properties.size(); slot++) {
            if (event.has(slot)) {
                write(properties.get(slot), event);
            }
        }
    }

    private void write(Property property, Event event) {
        writer.text(property.name()).count(property.type().ordinal());
        switch (property.type()) {
            case STRING -> {
                String text = event.text(property.slot());
                writer.text(text == null ? "" : text);
            }
            case NUMBER -> writer.compactNumber(event.number(property.slot()));
            case INTEGER, BOOLEAN, MONEY, TIME, DURATION -> writer.whole(event.whole(property.slot()));
        }
    }

    private Logged readEvent(Origin origin, Reader from) {
        String typeName = from.text();
        EventType type = plan.typeOrNull(typeName);
        long at = from.whole();
        String id = from.text();
        Event.Builder event = type == null ? null : Event.of(plan, type, id, at);
        int identifiers = from.size();
        for (int i = 0; i < identifiers; i++) {
            Optional<Integer> place = plan.identifier(from.text());
            String value = from.text();
            if (event != null && place.isPresent()) {
                event.identifier(place.get(), value);
            }
        }
        int properties = from.size();
        for (int i = 0; i < properties; i++) {
            readProperty(from, type, event, i);
        }
        if (event == null) {
            return new Logged.Rejection(
                    origin,
                    new Rejected(
                            EventError.UNKNOWN_TYPE,
                            "type",
                            "the log holds an event '" + typeName + "' that the tracking plan does not know any more"),
                    "");
        }
        return new Logged.Arrived(origin, event.build());
    }

    private void readProperty(Reader from, @Nullable EventType type, Event.@Nullable Builder event, int hint) {
        String name = from.text();
        PropertyType stored = PropertyType.values()[from.size()];
        Property property = property(type, name, hint);
        String text = stored.isText() ? from.text() : "";
        double number = stored == PropertyType.NUMBER ? from.compactNumber() : 0;
        long whole = stored.isText() || stored == PropertyType.NUMBER ? 0 : from.whole();
        if (event == null || property == null || property.type() != stored) {
            return;
        }
        switch (stored) {
            case STRING -> event.text(property.slot(), text);
            case NUMBER -> event.number(property.slot(), number);
            case INTEGER, BOOLEAN, MONEY, TIME, DURATION -> event.whole(property.slot(), whole);
        }
    }

    /** Properties mostly stand in the order of the plan: look there first. */
    private static @Nullable Property property(@Nullable EventType type, String name, int hint) {
        if (type == null) {
            return null;
        }
        List<Property> properties = type.properties();
        if (hint < properties.size() && properties.get(hint).name().equals(name)) {
            return properties.get(hint);
        }
        return type.property(name).orElse(null);
    }

    /** The code of something that was rejected, as the log remembers it. */
    private record StoredCode(String code, String title) implements dev.forestall.loop.event.ErrorCode {}
}
