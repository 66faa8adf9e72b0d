package dev.forestall.views.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.views.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What is written about action requests, and about what becomes of them. */
final class RequestOutputs {

    private RequestOutputs() {}

    /** @param start the columns with which every row begins */
    static Output<ActionRequest> requests(List<Column<ActionRequest>> start, EffectNames names) {
        List<Column<ActionRequest>> columns = new ArrayList<>(start);
        columns.add(Column.text("action", request -> request.task().action()));
        columns.add(Column.text("kind", request -> request.task().kind()));
        columns.add(Column.text("target", request -> request.task().target()));
        columns.add(new Column<>(
                "parameters",
                Column.Type.PARAMETERS,
                (request, json) -> parameters(request.task().parameters(), json)));
        columns.add(Column.text("journey_key", ActionRequest::journeyKey));
        columns.add(Column.time("occurred_at", request -> request.schedule().atMillis()));
        columns.add(Column.ids("causes", names, request -> request.source().causes()));
        columns.add(Column.text("policy", request -> request.source().policyName()));
        columns.add(Column.optionalText("trigger", request -> ofPolicy(request).map(Source.OfPolicy::on)));
        columns.add(
                Column.optionalText("requested_by", request -> ofReport(request).map(Source.OfReport::by)));
        columns.add(Column.optionalText("because", request -> ofReport(request).map(Source.OfReport::reason)));
        columns.add(
                Column.optionalId("repeats", names, request -> ofReport(request).flatMap(Source.OfReport::repeats)));
        columns.add(Column.text("purpose", request -> request.reach().purpose()));
        columns.add(Column.whole("priority", request -> request.reach().priority()));
        columns.add(Column.texts("channels", request -> request.reach().channels()));
        columns.add(Column.text("zone", request -> request.reach().zone()));
        columns.add(Column.text("language", request -> request.reach().language()));
        columns.addAll(
                Column.money("cost", request -> Optional.of(request.task().cost())));
        columns.addAll(Column.money("expected_value", ActionRequest::expectedValue));
        columns.add(new Column<>(
                "uses", Column.Type.USES, (request, json) -> uses(request.task().uses(), json)));
        columns.add(Column.time("due_at", request -> request.schedule().dueMillis()));
        columns.add(Column.time("expires_at", request -> request.schedule().expiresMillis()));
        columns.add(Column.text("withdraw_when", request -> request.schedule().withdrawWhen()));
        columns.add(Column.flag("is_live", ActionRequest::isLive));
        return new Output<>(
                "action_requests",
                effect -> effect instanceof Effect.ActionRequested requested
                        ? Optional.of(requested.request())
                        : Optional.empty(),
                columns);
    }

    private static Optional<Source.OfPolicy> ofPolicy(ActionRequest request) {
        return request.source() instanceof Source.OfPolicy policy ? Optional.of(policy) : Optional.empty();
    }

    private static Optional<Source.OfReport> ofReport(ActionRequest request) {
        return request.source() instanceof Source.OfReport report ? Optional.of(report) : Optional.empty();
    }

    private static void parameters(List<Parameter> parameters, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Parameter each : parameters) {
            json.writeStartObject();
            json.writeStringField("name", each.name());
            switch (each.value()) {
                case Value.Text text -> value("text", text.text(), json);
                case Value.Number number -> value("number", number(number.number()), json);
                case Value.Truth truth -> value("truth", Boolean.toString(truth.isTrue()), json);
                case Value.Amount amount ->
                    value(
                            "money in " + amount.money().currency().getCurrencyCode(),
                            Long.toString(amount.money().minor()),
                            json);
                case Value.Time time -> value("time", Units.iso(time.atMillis()), json);
                case Value.Length length -> value("duration", Long.toString(length.millis()), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void value(String type, String value, JsonGenerator json) throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("value", value);
    }

    /** Whole numbers without a fraction: people read them. */
    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 0x1p53
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static void uses(List<Use> uses, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Use use : uses) {
            json.writeStartObject();
            json.writeStringField("resource", use.resource());
            json.writeNumberField("amount", use.amount());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What became of a request: that it may be sent, or something else. */
    private sealed interface Row {

        EffectId id();

        RequestRef request();

        long atMillis();

        record Permitted(Permit permit) implements Row {
            @Override
            public EffectId id() {
                return permit.id();
            }

            @Override
            public RequestRef request() {
                return permit.request();
            }

            @Override
            public long atMillis() {
                return permit.atMillis();
            }
        }

        record Changed(RequestChange change) implements Row {
            @Override
            public EffectId id() {
                return change.id();
            }

            @Override
            public RequestRef request() {
                return change.request();
            }

            @Override
            public long atMillis() {
                return change.atMillis();
            }
        }
    }

    /** Gives the columns with which every row begins. */
    interface Start {
        <T> List<Column<T>> of(Function<T, EffectId> id);
    }

    /** @param start the columns with which every row begins */
    static Output<?> permits(Start start, EffectNames names) {
        List<Column<Row>> columns = new ArrayList<>(start.of(Row::id));
        columns.add(Column.text("action", row -> row.request().action()));
        columns.add(Column.text("change", RequestOutputs::change));
        columns.add(Column.text("state", RequestOutputs::state));
        columns.add(Column.text("journey_key", row -> row.request().journeyKey()));
        columns.add(Column.time("occurred_at", Row::atMillis));
        columns.add(Column.ids("causes", names, row -> List.of(row.request().id())));
        columns.add(Column.optionalText("channel", RequestOutputs::channel));
        columns.add(Column.optionalWhole(
                "attempt",
                row -> row instanceof Row.Permitted permitted
                        ? OptionalLong.of(permitted.permit.attempt())
                        : OptionalLong.empty()));
        columns.add(Column.optionalTime("until", RequestOutputs::until));
        columns.add(Column.optionalText("rule", row -> rule(row).map(GateRule::key)));
        columns.add(Column.optionalText("detail", row -> detail(row, names)));
        return new Output<>(
                "permits",
                effect -> switch (effect) {
                    case Effect.Permitted permitted -> Optional.of(new Row.Permitted(permitted.permit()));
                    case Effect.RequestChanged changed -> Optional.of(new Row.Changed(changed.change()));
                    default -> Optional.empty();
                },
                columns);
    }

    private static String change(Row row) {
        return switch (row) {
            case Row.Permitted permitted -> "permitted";
            case Row.Changed changed ->
                switch (changed.change) {
                    case RequestChange.Deferred deferred -> "deferred";
                    case RequestChange.Held held -> "held";
                    case RequestChange.Resumed resumed -> "resumed";
                    case RequestChange.Refused refused -> "refused";
                    case RequestChange.Outbid outbid -> "outbid";
                    case RequestChange.Withdrawn withdrawn -> "withdrawn";
                    case RequestChange.Expired expired -> "expired";
                    case RequestChange.Moved moved -> "moved";
                    case RequestChange.Stands stands -> "stands";
                };
        };
    }

    private static String state(Row row) {
        return switch (row) {
            case Row.Permitted permitted -> "permitted";
            case Row.Changed changed -> changed.change.stage().key();
        };
    }

    private static Optional<String> channel(Row row) {
        return switch (row) {
            case Row.Permitted permitted -> Optional.of(permitted.permit.channel());
            case Row.Changed changed ->
                changed.change instanceof RequestChange.Moved moved
                                && !moved.channel().isEmpty()
                        ? Optional.of(moved.channel())
                        : Optional.empty();
        };
    }

    private static OptionalLong until(Row row) {
        return switch (row) {
            case Row.Permitted permitted -> OptionalLong.of(permitted.permit.validUntilMillis());
            case Row.Changed changed ->
                changed.change instanceof RequestChange.Deferred deferred
                        ? OptionalLong.of(deferred.untilMillis())
                        : OptionalLong.empty();
        };
    }

    private static Optional<GateRule> rule(Row row) {
        return row instanceof Row.Changed changed
                ? switch (changed.change) {
                    case RequestChange.Deferred deferred -> Optional.of(deferred.rule());
                    case RequestChange.Held held -> Optional.of(held.rule());
                    case RequestChange.Refused refused -> Optional.of(refused.rule());
                    case RequestChange.Outbid outbid -> Optional.of(GateRule.OUTBID);
                    case RequestChange.Resumed resumed -> Optional.empty();
                    case RequestChange.Withdrawn withdrawn -> Optional.empty();
                    case RequestChange.Expired expired -> Optional.empty();
                    case RequestChange.Moved moved -> Optional.empty();
                    case RequestChange.Stands stands -> Optional.empty();
                }
                : Optional.empty();
    }

    private static Optional<String> detail(Row row, EffectNames names) {
        return row instanceof Row.Changed changed
                ? switch (changed.change) {
                    case RequestChange.Deferred deferred -> Optional.of(deferred.value());
                    case RequestChange.Held held -> Optional.of(held.value());
                    case RequestChange.Refused refused -> Optional.of(refused.value());
                    case RequestChange.Outbid outbid ->
                        Optional.of(names.of(outbid.by().id()));
                    case RequestChange.Resumed resumed -> Optional.of(resumed.by());
                    case RequestChange.Withdrawn withdrawn -> Optional.of(withdrawn.cause());
                    case RequestChange.Expired expired -> Optional.empty();
                    case RequestChange.Moved moved -> Optional.of(moved.detail());
                    case RequestChange.Stands stands -> Optional.of(stands.detail());
                }
                : Optional.empty();
    }
}
