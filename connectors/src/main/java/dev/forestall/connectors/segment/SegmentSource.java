package dev.forestall.connectors.segment;

import dev.forestall.connectors.files.Shown;
import dev.forestall.connectors.files.Times;
import dev.forestall.connectors.json.Json;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Placeholders;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.SourceMapping;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.report.Report;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records for the log of the calls of one source. Immutable; for any thread. */
public final class SegmentSource {

    /** The event that a call becomes which says only who somebody is. */
    static final String IDENTIFIED = "identified";

    /** So far may an event be ahead of our clock. */
    static final Duration AHEAD = Duration.ofHours(1);

    /** Of the raw text of what is rejected, so much is kept. */
    private static final int MAX_RAW = 32 << 10;

    private final TrackingPlan plan;
    private final SourceMapping mapping;
    private final CustomerIdentifiers customers;
    private final CallTypes types;
    private final Map<EventType, CallProperties> properties = new LinkedHashMap<>();

    public SegmentSource(TrackingPlan plan, SourceMapping mapping) {
        this.plan = plan;
        this.mapping = mapping;
        this.customers = new CustomerIdentifiers(plan);
        this.types = new CallTypes(plan, mapping);
        for (EventType type : types.declared()) {
            properties.put(type, new CallProperties(type));
        }
    }

    /** The name under which its records stand in the log. */
    public String name() {
        return mapping.name();
    }

    /**
     * What the calls of a body become. The same body, received at the same time, becomes the same records.
     *
     * @param receivedMillis when it was received, in milliseconds since 1970 UTC
     */
    public SegmentRecords records(SegmentBody body, long receivedMillis) {
        Call.Around around = new Call.Around(body.whole(), receivedMillis);
        List<Logged> records = new ArrayList<>(body.items().size());
        List<SegmentRecords.Item> items = new ArrayList<>(body.items().size());
        for (SegmentBody.Item item : body.items()) {
            int from = records.size();
            List<String> unknown = new ArrayList<>();
            Optional<Rejected> rejected = add(item, body, around, unknown, records);
            items.add(new SegmentRecords.Item(from, records.size(), rejected, unknown));
        }
        return new SegmentRecords(records, items);
    }

    /** @return what is wrong with it */
    private Optional<Rejected> add(
            SegmentBody.Item item, SegmentBody body, Call.Around around, List<String> unknown, List<Logged> records) {
        return switch (item) {
            case SegmentBody.Item.Unreadable unreadable -> {
                Origin origin = around.origin(mapping.name(), Json.Null.NULL);
                records.add(new Logged.Rejection(origin, unreadable.rejected(), shortened(unreadable.raw())));
                yield Optional.of(unreadable.rejected());
            }
            case SegmentBody.Item.Said said ->
                switch (read(body, said.json(), around, unknown)) {
                    case Outcome.Good good -> {
                        records.addAll(good.records());
                        yield Optional.empty();
                    }
                    case Outcome.Bad bad -> {
                        Origin origin = around.origin(mapping.name(), said.json());
                        String raw = shortened(said.json().text());
                        records.add(new Logged.Rejection(origin, bad.rejected(), raw));
                        yield Optional.of(bad.rejected());
                    }
                };
        };
    }

    private sealed interface Outcome {
        record Good(List<Logged> records) implements Outcome {}

        record Bad(Rejected rejected) implements Outcome {}
    }

    private static Outcome bad(EventError error, String field, String detail) {
        return new Outcome.Bad(new Rejected(error, field, detail));
    }

    private static String shortened(String raw) {
        return raw.length() <= MAX_RAW ? raw : raw.substring(0, MAX_RAW);
    }

    private Outcome read(SegmentBody body, Json item, Call.Around around, List<String> unknown) {
        if (!(item instanceof Json.Entries said)) {
            return bad(EventError.MALFORMED, "", "found no object among the calls of the batch");
        }
        if (said.slice().length() > body.maxItem()) {
            return new Outcome.Bad(tooLarge(said.slice().length(), body.maxItem()));
        }
        Optional<SegmentCall> type = body.call() == SegmentCall.BATCH
                ? said.scalar("type").flatMap(SegmentCall::ofType)
                : Optional.of(body.call());
        if (type.isEmpty()) {
            return bad(
                    EventError.MALFORMED,
                    "type",
                    "found " + Shown.text(said.scalar("type").orElse(""), false)
                            + ", expected track, identify, page, screen, group or alias");
        }
        return read(new Call(type.get(), said, around), unknown);
    }

    /** What is wrong with a call that is longer than may be. */
    public static Rejected tooLarge(long bytes, long limit) {
        return new Rejected(EventError.TOO_LARGE, "", "found " + bytes + " bytes, at most " + limit + " are possible");
    }

    private Outcome read(Call call, List<String> unknown) {
        EventType type = types.of(call);
        if (type == null && call.type() == SegmentCall.TRACK) {
            return new Outcome.Bad(types.unknown(call));
        }
        long at = call.atMillis(mapping.clock());
        if (at == Times.UNREADABLE) {
            return bad(
                    EventError.NO_TIME,
                    "timestamp",
                    "found " + Shown.text(call.timestamp().orElse(""), false) + ", expected " + Call.ISO.expected());
        }
        if (at < 0 || at > call.around().receivedMillis() + AHEAD.toMillis()) {
            return bad(
                    EventError.IMPOSSIBLE_TIME,
                    "timestamp",
                    "found " + Shown.text(call.timestamp().orElse(""), false) + ", which is "
                            + (at < 0 ? "before 1970" : "more than an hour ahead of when it was received"));
        }
        Event.Builder event = Event.of(plan, type == null ? plan.types().getFirst() : type, call.id(), at);
        if (!identify(call, event)) {
            return bad(
                    EventError.NO_SUBJECT,
                    String.join(", ", places(call)),
                    "found nothing, expected whom the call is about");
        }
        if (type == null) {
            return new Outcome.Good(withContext(call, event.build(), List.of()));
        }
        Rejected rejected = properties(type).read(call, event, unknown);
        if (rejected != null) {
            return new Outcome.Bad(rejected);
        }
        Event built = event.build();
        Origin origin = call.origin(mapping.name());
        return new Outcome.Good(withContext(call, built, List.of(new Logged.Arrived(origin, built))));
    }

    /** Names the subjects that a call is about. False when it names none. */
    private boolean identify(Call call, Event.Builder event) {
        boolean isNamed = false;
        for (int index = 0; index < plan.identifiers().size(); index++) {
            Optional<String> value = call.said().scalar(place(plan.identifiers().get(index), call));
            boolean isNobody = plan.identifiers().get(index).subjectKind().equals(SubjectId.CUSTOMER)
                    && value.filter(Placeholders::isPlaceholder).isPresent();
            if (value.isPresent() && !isNobody) {
                event.identifier(index, value.get());
                isNamed = true;
            }
        }
        return isNamed;
    }

    private CallProperties properties(EventType type) {
        CallProperties known = properties.get(type);
        if (known == null) {
            throw new IllegalStateException("a call became the event " + type + ", which no source may say");
        }
        return known;
    }

    private List<String> places(Call call) {
        return plan.identifiers().stream().map(each -> place(each, call)).toList();
    }

    /** Where an identifier stands: as the pack says; else in its own field, or among what else the call says. */
    private String place(IdentifierType identifier, Call call) {
        String place = placeIn(identifier, call.details());
        // Who is known by another name was known by this one before.
        return call.type() == SegmentCall.ALIAS && place.equals("anonymousId") ? "previousId" : place;
    }

    private String placeIn(IdentifierType identifier, String details) {
        String name = identifier.name();
        String mapped = mapping.identifiers().get(name);
        return mapped != null ? mapped : isField(name) ? name : details + "." + name;
    }

    /** Where in a call stands whom it is about, for those who say that without saying by which identifier. */
    public String placeOfSubject() {
        return plan.identifiers().stream()
                .filter(each -> each.subjectKind().equals(SubjectId.CUSTOMER))
                .map(each -> placeIn(each, "properties"))
                .findFirst()
                .orElse("userId");
    }

    /** The identifier that stands in {@code anonymousId}; nothing when the pack takes none from there. */
    public Optional<String> anonymousIdentifier() {
        return plan.identifiers().stream()
                .filter(each -> each.subjectKind().equals(SubjectId.CUSTOMER))
                .filter(each -> placeIn(each, "properties").equals("anonymousId"))
                .map(IdentifierType::name)
                .findFirst();
    }

    /** Whether the pack names an event by which the source calls it. */
    public boolean isMapped(String event) {
        return mapping.events().containsKey(event);
    }

    private static boolean isField(String name) {
        return name.equals("userId") || name.equals("anonymousId") || name.equals("groupId");
    }

    /** Adds what the call says about the customer's language and zone. */
    private List<Logged> withContext(Call call, Event event, List<Logged> records) {
        Optional<SubjectId> customer = customers.namedBy(event);
        Optional<String> language =
                call.context("locale").filter(each -> each.matches("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*"));
        Optional<String> zone = call.context("timezone").filter(SegmentSource::isZone);
        if (customer.isEmpty() || language.isEmpty() && zone.isEmpty()) {
            return records;
        }
        List<Logged> all = new ArrayList<>(records);
        Origin origin = call.origin(mapping.name());
        String by = "source:" + mapping.name();
        language.ifPresent(each -> all.add(new Logged.Reported(
                origin,
                new Report.LanguageKnown(
                        new Report.Head(derived(event.id(), "language"), event.atMillis(), by),
                        customer.get(),
                        each))));
        zone.ifPresent(each -> all.add(new Logged.Reported(
                origin,
                new Report.ZoneKnown(
                        new Report.Head(derived(event.id(), "zone"), event.atMillis(), by), customer.get(), each))));
        return all;
    }

    private static String derived(String id, String what) {
        return id.isEmpty() ? "" : id + "/" + what;
    }

    private static boolean isZone(String name) {
        try {
            var unused = ZoneId.of(name);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
