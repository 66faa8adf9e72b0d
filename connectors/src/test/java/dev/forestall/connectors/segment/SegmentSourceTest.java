package dev.forestall.connectors.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.SourceMapping;
import dev.forestall.loop.report.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentSourceTest {

    private static final long RECEIVED = Instant.parse("2026-03-01T10:00:06Z").toEpochMilli();

    /** What the contract's examples speak of. */
    private static final TrackingPlan PLAN = new TrackingPlan(
            List.of(
                    type(
                            0,
                            "order_placed",
                            new Property("orderId", PropertyType.STRING, 0, false, false, ""),
                            new Property("amount", PropertyType.MONEY, 1, true, false, "EUR"),
                            new Property("discount", PropertyType.NUMBER, 2, false, false, "")),
                    type(1, "page_viewed", new Property("name", PropertyType.STRING, 0, false, false, "")),
                    type(2, "identified", new Property("email", PropertyType.STRING, 0, false, true, "")),
                    type(3, "message_clicked")),
            List.of(
                    new IdentifierType("userId", SubjectId.CUSTOMER, 0, 2),
                    new IdentifierType("anonymousId", SubjectId.CUSTOMER, 1, 2)));

    private static EventType type(int index, String name, Property... properties) {
        return new EventType(name, index, List.of(properties));
    }

    private static SegmentRecords read(SegmentCall call, String body) {
        return read(call, body, SourceMapping.standard());
    }

    private static SegmentRecords read(SegmentCall call, String body, SourceMapping mapping) {
        SegmentBody.Reading reading = reading(call, body);
        assertThat(reading).isInstanceOf(SegmentBody.Reading.Read.class);
        return new SegmentSource(PLAN, mapping).records(((SegmentBody.Reading.Read) reading).body(), RECEIVED);
    }

    private static SegmentBody.Reading reading(SegmentCall call, String body) {
        return new SegmentBodies(SegmentLimits.standard()).read(call, body.getBytes(StandardCharsets.UTF_8));
    }

    private static SegmentRecords track(String rest) {
        return read(SegmentCall.TRACK, "{\"userId\":\"ann\",\"event\":\"order_placed\"," + rest + "}");
    }

    private static Event event(SegmentRecords records) {
        assertThat(records.rejected()).isZero();
        return ((Logged.Arrived) records.records().getFirst()).event();
    }

    private static Logged.Rejection rejection(SegmentRecords records) {
        assertThat(records.accepted()).isZero();
        assertThat(records.records()).hasSize(1);
        return (Logged.Rejection) records.records().getFirst();
    }

    @Test
    void the_batch_of_the_contract_becomes_two_events_a_language_for_each_and_a_rejection() {
        SegmentRecords records = read(SegmentCall.BATCH, """
                {"sentAt":"2026-03-01T10:00:05.000Z","context":{"locale":"de-DE"},"batch":[
                 {"type":"track","messageId":"m-1","userId":"ann","event":"Order Placed","timestamp":"2026-03-01T10:00:00Z",\
                "properties":{"orderId":"o7","amount":12.5}},
                 {"type":"identify","messageId":"m-2","userId":"ann","anonymousId":"7f3","traits":{"email":"ann@example.org"}},
                 {"type":"track","messageId":"m-3","userId":"ann","properties":{}}]}
                """);
        assertThat(records.accepted()).isEqualTo(2);
        assertThat(records.rejected()).isEqualTo(1);
        Event placed = ((Logged.Arrived) records.records().get(0)).event();
        assertThat(placed.type().name()).isEqualTo("order_placed");
        assertThat(placed.id()).isEqualTo("m-1");
        assertThat(placed.identifier(0)).isEqualTo("ann");
        assertThat(placed.text(0)).isEqualTo("o7");
        assertThat(placed.whole(1)).isEqualTo(1250);
        Event identified = ((Logged.Arrived) records.records().get(2)).event();
        assertThat(identified.identifier(0)).isEqualTo("ann");
        assertThat(identified.identifier(1)).isEqualTo("7f3");
        assertThat(identified.text(0)).isEqualTo("ann@example.org");
        assertThat(records.records().stream().filter(Logged.Reported.class::isInstance))
                .extracting(each -> ((Logged.Reported) each).report())
                .allSatisfy(report ->
                        assertThat(((Report.LanguageKnown) report).language()).isEqualTo("de-DE"))
                .extracting(report -> report.head().id())
                .containsExactly("m-1/language", "m-2/language");
        Logged.Rejection rejected = (Logged.Rejection) records.records().getLast();
        assertThat(rejected.rejected().toString())
                .isEqualTo("EVT-001 event: found nothing, expected one of the 3 events that the pack declares");
        assertThat(rejected.raw()).startsWith("{\"type\":\"track\",\"messageId\":\"m-3\"");
    }

    @Test
    void what_the_java_library_sends_carries_its_key_in_the_body() {
        SegmentBody.Reading reading = reading(SegmentCall.BATCH, """
                {"batch":[{"type":"track","messageId":"9c7c","timestamp":"2026-03-01T10:00:00.182Z","userId":"ann","integrations":{},\
                "event":"Order Placed","properties":{"amount":12.5}}],
                 "sentAt":"2026-03-01T10:00:01.294Z","context":{"library":{"name":"analytics-java","version":"3.5.4"}},\
                "sequence":1,"writeKey":"fw_1"}
                """);
        assertThat(((SegmentBody.Reading.Read) reading).body().writeKey()).contains("fw_1");
    }

    @ParameterizedTest
    @CsvSource({"order_placed", "Order Placed", "'order-placed'", "ORDER  PLACED!", "bought"})
    void an_event_is_found_by_its_name_by_its_name_as_we_write_it_and_by_what_the_source_calls_it(String name) {
        var events = new LinkedHashMap<>(Map.of("bought", "order_placed"));
        SourceMapping mapping = new SourceMapping(
                "shop", SourceMapping.Kind.SEGMENT, new LinkedHashMap<>(), events, SourceMapping.Clock.AUTO);
        SegmentRecords records = read(
                SegmentCall.TRACK,
                "{\"userId\":\"ann\",\"event\":\"" + name + "\",\"properties\":{\"amount\":\"3.20\"}}",
                mapping);
        assertThat(event(records).type().name()).isEqualTo("order_placed");
        assertThat(((Logged.Arrived) records.records().getFirst()).origin().source())
                .isEqualTo("shop");
    }

    @Test
    void an_identifier_of_another_name_is_read_where_the_pack_says() {
        var identifiers = new LinkedHashMap<>(Map.of("userId", "context.device.id"));
        SourceMapping mapping = new SourceMapping(
                "app", SourceMapping.Kind.SEGMENT, identifiers, new LinkedHashMap<>(), SourceMapping.Clock.AUTO);
        SegmentRecords records =
                read(SegmentCall.PAGE, "{\"name\":\"Start\",\"context\":{\"device\":{\"id\":\"d-1\"}}}", mapping);
        assertThat(event(records).identifier(0)).isEqualTo("d-1");
        assertThat(event(records).text(0)).isEqualTo("Start");
    }

    @Test
    void what_people_and_channels_report_cannot_be_forged_by_a_source() {
        assertThat(rejection(read(SegmentCall.TRACK, "{\"userId\":\"ann\",\"event\":\"message_clicked\"}"))
                        .rejected()
                        .code())
                .isEqualTo(EventError.UNKNOWN_TYPE);
    }

    @Test
    void a_mistyped_event_is_told_the_nearest_name() {
        assertThat(rejection(read(SegmentCall.TRACK, "{\"userId\":\"ann\",\"event\":\"Order Placd\"}"))
                        .rejected()
                        .detail())
                .endsWith("maybe 'order_placed'?");
    }

    @Test
    void a_required_property_that_is_missing_or_unreadable_rejects_the_event() {
        assertThat(rejection(track("\"properties\":{}")).rejected().toString())
                .isEqualTo(
                        "EVT-005 amount: found nothing, expected an amount of EUR such as 12.50; order_placed requires it");
        assertThat(rejection(track("\"properties\":{\"amount\":\"abc\"}"))
                        .rejected()
                        .toString())
                .isEqualTo("EVT-006 amount: found 'abc', expected an amount of EUR such as 12.50");
        assertThat(rejection(track("\"properties\":{\"amount\":[1]}"))
                        .rejected()
                        .detail())
                .startsWith("found a list or an object");
    }

    @Test
    void an_optional_property_that_is_unreadable_is_unknown_and_counted_and_the_event_stays() {
        SegmentRecords records = track("\"properties\":{\"amount\":1,\"discount\":\"much\",\"colour\":{\"r\":1}}");
        assertThat(records.items().getFirst().unknown()).containsExactly("order_placed.discount");
        assertThat(event(records).has(2)).isFalse();
        assertThat(event(records).undeclared())
                .extracting(Event.Undeclared::name, Event.Undeclared::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("discount", "much"),
                        org.assertj.core.groups.Tuple.tuple("colour", "{\"r\":1}"));
    }

    @Test
    void a_call_about_nobody_is_rejected_and_says_where_it_was_looked_for() {
        assertThat(rejection(read(SegmentCall.TRACK, "{\"event\":\"order_placed\",\"properties\":{\"amount\":1}}"))
                        .rejected()
                        .toString())
                .isEqualTo("EVT-002 userId, anonymousId: found nothing, expected whom the call is about");
    }

    @Test
    void an_alias_joins_the_name_of_before_and_the_name_of_now() {
        Event joined = event(read(SegmentCall.ALIAS, "{\"previousId\":\"7f3\",\"userId\":\"ann\"}"));
        assertThat(joined.identifier(0)).isEqualTo("ann");
        assertThat(joined.identifier(1)).isEqualTo("7f3");
    }

    @Test
    void a_call_that_is_in_no_plan_is_accepted_and_leaves_nothing_to_record() {
        TrackingPlan bare = new TrackingPlan(
                List.of(type(0, "hello")), List.of(new IdentifierType("userId", SubjectId.CUSTOMER, 0, 2)));
        SegmentBody.Reading reading = reading(SegmentCall.IDENTIFY, "{\"userId\":\"ann\",\"traits\":{\"a\":1}}");
        SegmentRecords records = new SegmentSource(bare, SourceMapping.standard())
                .records(((SegmentBody.Reading.Read) reading).body(), RECEIVED);
        assertThat(records.accepted()).isEqualTo(1);
        assertThat(records.records()).isEmpty();
    }

    @Test
    void without_a_message_id_an_event_that_says_when_it_was_is_named_by_what_it_says() {
        String rest = "\"timestamp\":\"2026-03-01T10:00:00Z\",\"properties\":{\"amount\":1}";
        assertThat(event(track(rest)).id())
                .startsWith("sha256:")
                .isEqualTo(event(track(rest)).id());
        assertThat(event(track("\"properties\":{\"amount\":1}")).id()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // A browser: what happened five seconds before the call was sent happened five seconds before it was received.
        "analytics.js, 2026-03-01T10:00:00Z, 2026-03-01T10:00:05Z, 2026-03-01T10:00:01Z",
        "analytics.js, 2026-03-01T12:00:00Z, 2026-03-01T12:00:05Z, 2026-03-01T10:00:01Z",
        // A server is trusted, unless it is ahead of us.
        "@segment/analytics-node, 2026-03-01T10:00:00Z, 2026-03-01T10:00:05Z, 2026-03-01T10:00:00Z",
        "analytics-java, 2026-03-01T12:00:00Z, 2026-03-01T12:00:05Z, 2026-03-01T10:00:01Z",
    })
    void clocks_of_senders_are_set_right(String library, String at, String sentAt, String expected) {
        Event event = event(read(
                SegmentCall.BATCH,
                "{\"sentAt\":\"" + sentAt + "\",\"context\":{\"library\":{\"name\":\"" + library + "\"}},\"batch\":["
                        + "{\"type\":\"page\",\"userId\":\"ann\",\"timestamp\":\"" + at + "\"}]}"));
        assertThat(event.at()).isEqualTo(Instant.parse(expected));
    }

    @Test
    void times_that_cannot_be_are_rejected() {
        assertThat(rejection(track("\"timestamp\":\"yesterday\"")).rejected().code())
                .isEqualTo(EventError.NO_TIME);
        assertThat(rejection(track("\"timestamp\":\"2026-03-01T11:00:07Z\""))
                        .rejected()
                        .code())
                .isEqualTo(EventError.IMPOSSIBLE_TIME);
        assertThat(rejection(track("\"timestamp\":\"1969-03-01T11:00:07Z\""))
                        .rejected()
                        .code())
                .isEqualTo(EventError.IMPOSSIBLE_TIME);
    }

    @Test
    void one_call_that_is_too_large_harms_no_other() {
        SegmentRecords records = read(
                SegmentCall.BATCH,
                "{\"batch\":[{\"type\":\"page\",\"userId\":\"ann\",\"properties\":{\"a\":\"" + "x".repeat(33_000)
                        + "\"}},{\"type\":\"page\",\"userId\":\"ann\"},7]}");
        assertThat(records.accepted()).isEqualTo(1);
        assertThat(records.records().stream()
                        .filter(Logged.Rejection.class::isInstance)
                        .map(each -> ((Logged.Rejection) each).rejected().code()))
                .containsExactly(EventError.TOO_LARGE, EventError.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"batch\":7}", "{} {}", "{\"a\":\u0001}", "nonsense"})
    void a_body_that_is_no_call_is_refused_as_a_whole(String body) {
        assertThat(reading(SegmentCall.BATCH, body)).isInstanceOf(SegmentBody.Reading.Unreadable.class);
    }

    @Test
    void a_body_that_is_too_deep_is_refused_as_a_whole() {
        String deep = "{\"batch\":[" + "[".repeat(70) + "]".repeat(70) + "]}";
        assertThat(reading(SegmentCall.BATCH, deep)).isInstanceOf(SegmentBody.Reading.Unreadable.class);
        String many = "{\"batch\":[" + "1,".repeat(2_500) + "1]}";
        assertThat(reading(SegmentCall.BATCH, many)).isInstanceOf(SegmentBody.Reading.Unreadable.class);
    }

    @Test
    void a_zone_of_the_context_is_reported_and_nonsense_is_not() {
        SegmentRecords records = read(
                SegmentCall.PAGE,
                "{\"messageId\":\"m\",\"userId\":\"ann\",\"context\":{\"timezone\":\"Europe/Berlin\",\"locale\":\"<b>\"}}");
        assertThat(records.records()).hasSize(2);
        Report.ZoneKnown zone =
                (Report.ZoneKnown) ((Logged.Reported) records.records().getLast()).report();
        assertThat(zone.zone()).isEqualTo("Europe/Berlin");
        assertThat(zone.customer()).isEqualTo(SubjectId.customer("ann"));
    }
}
