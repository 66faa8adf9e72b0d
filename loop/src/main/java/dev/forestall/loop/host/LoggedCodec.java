package dev.forestall.loop.host;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of the log and reads them back. A record is an envelope that everyone may read, around a body that only those can read who
 * hold the keys of whom it is about:
 *
 * <pre>
 *   kind | flags | occurred | sent, if known | received, if known | source | its position there, plus 1 | line
 *        | of what was rejected: code, title | numbers of the subjects that it is sealed with | nonce, 8 bytes | body
 * </pre>
 *
 * A tick has no body, and neither has an erasure. An event is sealed with the key of whom it is filed under: the strongest identifier of
 * customers that it carries, else the first entity. Two identifiers that are unmerged are sealed with the keys of both. What was rejected
 * can't be read, so nobody knows whom it is about; it has a key of its own.
 *
 * <p>Events are written with the names of everything they carry, so that a log outlives the pack that filled it. What the tracking plan
 * did not declare when the event came is kept as text, and is a property as soon as the plan declares it; what a later plan does not know
 * is left out, what it forbids is rejected. For one thread.
 */
public final class LoggedCodec {

    private static final int ARRIVED = 1;
    private static final int REJECTED = 2;
    private static final int TICKED = 3;
    private static final int UNMERGED = 4;
    private static final int ERASED = 5;
    private static final int REPORTED = 10;
    private static final int ACTIVATED = 11;
    private static final int FOLDED = 12;

    private static final int LIVE = 1;
    private static final int IS_SENT = 2;
    private static final int IS_RECEIVED = 4;
    private static final int SEALS_SHIFT = 3;

    /** The kind of subject under which the key of something rejected is kept. */
    private static final String REJECTED_KIND = "input:rejected";

    private final TrackingPlan plan;
    private final Seals seals;
    private final CustomerIdentifiers customers;
    private final Writer writer = new Writer();
    private final byte[] nonceBytes = new byte[Long.BYTES];

    /** Of a log that is not sealed. */
    public LoggedCodec(TrackingPlan plan) {
        this(plan, Seals.NONE);
    }

    /** @param seals of the log */
    public LoggedCodec(TrackingPlan plan, Seals seals) {
        this.plan = plan;
        this.seals = seals;
        this.customers = new CustomerIdentifiers(plan);
    }

    public byte[] write(Logged logged) {
        writer.clear();
        return switch (logged) {
            case Logged.Arrived arrived -> {
                long number = number(arrived.event());
                envelope(ARRIVED, arrived.origin(), arrived.event().atMillis(), number, Seals.NOBODY);
                yield sealed(number, Seals.NOBODY, () -> write(arrived.event()));
            }
            case Logged.Rejection rejection -> {
                long number = seals.number(subjectOfRejected(rejection.origin()));
                envelope(REJECTED, rejection.origin(), 0, number, Seals.NOBODY);
                writer.text(rejection.rejected().code().code())
                        .text(rejection.rejected().code().title());
                yield sealed(
                        number,
                        Seals.NOBODY,
                        () -> writer.text(rejection.rejected().field())
                                .text(rejection.rejected().detail())
                                .text(rejection.raw()));
            }
            case Logged.Ticked ticked -> {
                writer.count(TICKED)
                        .whole(ticked.atMillis())
                        .flag(ticked.receipt().isLive());
                if (ticked.receipt().isLive()) {
                    writer.whole(ticked.receipt().atMillis());
                }
                yield writer.toBytes();
            }
            case Logged.Folded folded -> {
                writer.count(FOLDED)
                        .count(folded.position())
                        .count(folded.index())
                        .count(folded.stage().ordinal());
                yield writer.toBytes();
            }
            case Logged.Activated activated -> {
                writer.count(ACTIVATED)
                        .text(activated.definition())
                        .count(activated.semantics())
                        .text(activated.replaced());
                yield writer.toBytes();
            }
            case Logged.Unmerged unmerged -> {
                long one = seals.number(customers.customer(unmerged.unmerge().one()));
                long other = seals.number(customers.customer(unmerged.unmerge().other()));
                envelope(UNMERGED, unmerged.origin(), 0, one, other == one ? Seals.NOBODY : other);
                yield sealed(
                        one,
                        other == one ? Seals.NOBODY : other,
                        () -> unmerged.unmerge().write(writer));
            }
            case Logged.Reported reported -> {
                Report report = reported.report();
                long number = seals.number(report.subject());
                envelope(REPORTED, reported.origin(), report.atMillis(), number, Seals.NOBODY);
                yield sealed(number, Seals.NOBODY, () -> ReportCodec.write(report, writer));
            }
            case Logged.Erased erased -> {
                envelope(ERASED, erased.origin(), erased.atMillis(), Seals.NOBODY, Seals.NOBODY);
                writer.text(erased.because()).count(erased.subjects().size());
                erased.subjects().forEach(writer::count);
                yield writer.toBytes();
            }
            case Logged.Unreadable unreadable ->
                throw new IllegalStateException("what can't be read can't be written again: " + unreadable.origin());
        };
    }

    /** The number under which an event is filed. */
    private long number(Event event) {
        if (seals == Seals.NONE) {
            return Seals.NOBODY;
        }
        Optional<SubjectId> customer = customers.namedBy(event);
        if (customer.isPresent()) {
            return seals.number(customer.get());
        }
        List<IdentifierType> types = plan.identifiers();
        for (int i = 0; i < types.size(); i++) {
            String value = event.identifier(i);
            if (value != null && !value.isEmpty()) {
                return seals.number(new SubjectId(types.get(i).subjectKind(), value));
            }
        }
        return Seals.NOBODY;
    }

    /** Whether a record is about something rejected. */
    public static boolean isOfRejected(byte[] bytes) {
        return bytes[0] == REJECTED;
    }

    /** Under whom something rejected is sealed: under itself. */
    public static SubjectId subjectOfRejected(Origin origin) {
        return new SubjectId(REJECTED_KIND, origin.source() + "#" + origin.ordinal() + ":" + origin.line());
    }

    private void envelope(int kind, Origin origin, long atMillis, long one, long other) {
        int count = (one == Seals.NOBODY ? 0 : 1) + (other == Seals.NOBODY ? 0 : 1);
        writer.count(kind)
                .count((origin.mode() == Origin.Mode.LIVE ? LIVE : 0)
                        | (origin.sentAtMillis() == 0 ? 0 : IS_SENT)
                        | (origin.receivedAtMillis() == 0 ? 0 : IS_RECEIVED)
                        | count << SEALS_SHIFT)
                .whole(atMillis);
        if (origin.sentAtMillis() != 0) {
            writer.whole(origin.sentAtMillis() - atMillis);
        }
        if (origin.receivedAtMillis() != 0) {
            writer.whole(origin.receivedAtMillis() - atMillis);
        }
        writer.text(origin.source()).count(origin.ordinal() + 1).count(origin.line());
        if (one != Seals.NOBODY) {
            writer.count(one);
        }
        if (other != Seals.NOBODY) {
            writer.count(other);
        }
    }

    /** The record with its body, which only those can read who have all the keys. */
    private byte[] sealed(long one, long other, Runnable body) {
        if (one == Seals.NOBODY && other == Seals.NOBODY) {
            body.run();
            return writer.toBytes();
        }
        long nonce = seals.nonce();
        for (int i = 0; i < Long.BYTES; i++) {
            nonceBytes[i] = (byte) (nonce >>> i * 8);
        }
        writer.raw(nonceBytes, 0, Long.BYTES);
        int start = writer.size();
        body.run();
        byte[] bytes = writer.toBytes();
        if (!turn(one, nonce, bytes, start) || !turn(other, nonce, bytes, start)) {
            throw new IllegalStateException("there is no key under the number " + one + " or " + other);
        }
        return bytes;
    }

    /** Answers whether there is a key. */
    private boolean turn(long number, long nonce, byte[] bytes, int start) {
        return number == Seals.NOBODY || seals.turn(number, nonce, bytes, start);
    }

    public Logged read(byte[] bytes) {
        Reader from = new Reader(bytes);
        int kind = from.size();
        if (kind == TICKED) {
            return new Logged.Ticked(from.whole(), from.flag() ? Receipt.live(from.whole()) : Receipt.HISTORY);
        }
        if (kind == FOLDED) {
            return new Logged.Folded(from.count(), from.size(), Logged.Folded.Stage.values()[from.size()]);
        }
        if (kind == ACTIVATED) {
            return new Logged.Activated(from.text(), from.size(), from.text());
        }
        if (kind != REPORTED && (kind < ARRIVED || kind > ERASED)) {
            throw new IllegalStateException("a log record of an unknown kind: was it written by a later version?");
        }
        int flags = from.size();
        long at = from.whole();
        long sent = (flags & IS_SENT) == 0 ? 0 : at + from.whole();
        long received = (flags & IS_RECEIVED) == 0 ? 0 : at + from.whole();
        Origin.Mode mode = (flags & LIVE) == 0 ? Origin.Mode.HISTORY : Origin.Mode.LIVE;
        Origin origin = new Origin(from.text(), from.count() - 1, from.count(), mode, sent, received);
        long one = flags >> SEALS_SHIFT == 0 ? Seals.NOBODY : from.count();
        long other = flags >> SEALS_SHIFT < 2 ? Seals.NOBODY : from.count();
        return switch (kind) {
            case ARRIVED -> {
                Reader body = opened(one, other, from);
                yield body == null
                        ? new Logged.Unreadable(origin, Logged.Unreadable.Kind.EVENT, at)
                        : readEvent(origin, at, body);
            }
            case REJECTED -> {
                StoredCode code = new StoredCode(from.text(), from.text());
                Reader body = opened(one, other, from);
                yield body == null
                        ? new Logged.Rejection(origin, new Rejected(code, "", "erased"), "")
                        : new Logged.Rejection(origin, new Rejected(code, body.text(), body.text()), body.text());
            }
            case UNMERGED -> {
                Reader body = opened(one, other, from);
                yield body == null
                        ? new Logged.Unreadable(origin, Logged.Unreadable.Kind.UNMERGE, at)
                        : new Logged.Unmerged(origin, Unmerge.read(body));
            }
            case REPORTED -> {
                Reader body = opened(one, other, from);
                yield body == null
                        ? new Logged.Unreadable(origin, Logged.Unreadable.Kind.REPORT, at)
                        : new Logged.Reported(origin, ReportCodec.read(body));
            }
            default -> {
                String because = from.text();
                List<Long> subjects = new ArrayList<>();
                for (int left = from.size(); left > 0; left--) {
                    subjects.add(from.count());
                }
                yield new Logged.Erased(origin, subjects, at, because);
            }
        };
    }

    /** The body in plain, or null when one of its keys is gone. */
    private @Nullable Reader opened(long one, long other, Reader from) {
        if (one == Seals.NOBODY) {
            return from;
        }
        byte[] stored = from.raw(Long.BYTES);
        long nonce = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            nonce |= (stored[i] & 0xffL) << i * 8;
        }
        byte[] body = from.raw(from.left());
        // Somebody may be erased while others read.
        return turn(one, nonce, body, 0) && turn(other, nonce, body, 0) ? new Reader(body) : null;
    }

    private void write(Event event) {
        writer.text(event.type().name()).text(event.id());
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
        writer.count(event.undeclared().size());
        event.undeclared().forEach(each -> writer.text(each.name()).text(each.value()));
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

    private Logged readEvent(Origin origin, long at, Reader from) {
        String typeName = from.text();
        EventType type = plan.typeOrNull(typeName);
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
        for (int left = from.size(); left > 0; left--) {
            readUndeclared(from.text(), from.text(), type, event);
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

    /** What was not declared when the event came may be declared by now. */
    private static void readUndeclared(
            String name, String value, @Nullable EventType type, Event.@Nullable Builder event) {
        if (type == null || event == null) {
            return;
        }
        Optional<Property> declared = type.property(name);
        if (declared.isEmpty() || !TextValue.read(value, declared.get(), event)) {
            event.undeclared(name, value);
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
