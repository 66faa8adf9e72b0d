package dev.forestall.views.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.KnownRisk;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.trigger.Basis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** What is written about a run, and how. A field that is added, renamed or dropped here is a change users notice. */
public final class Outputs {

    private final String definition;
    private final EffectNames names;

    /**
     * @param definition hash of the definition, which every row names
     * @param names of effects
     */
    public Outputs(String definition, EffectNames names) {
        this.definition = definition;
        this.names = names;
    }

    public List<Output<?>> all() {
        return List.of(
                signals(),
                risks(),
                reasons(),
                alerts(),
                assignments(),
                decisions(),
                RequestOutputs.requests(start(ActionRequest::id), names),
                RequestOutputs.permits(
                        new RequestOutputs.Start() {
                            @Override
                            public <T> List<Column<T>> of(Function<T, EffectId> id) {
                                return start(id);
                            }
                        },
                        names),
                outcomes(),
                transitions());
    }

    private Output<Signal> signals() {
        List<Column<Signal>> columns = new ArrayList<>(start(Signal::id));
        columns.add(Column.text("signal", Signal::name));
        columns.add(Column.text("kind", signal -> kind(signal)));
        columns.add(Column.text("journey_key", Signal::journeyKey));
        columns.add(Column.time("occurred_at", Signal::atMillis));
        columns.add(
                Column.ids("causes", names, signal -> before(signal).stream().toList()));
        columns.add(Column.optionalTime("raised_at", Outputs::raisedAt));
        columns.add(Column.optionalFlag("was_active", Outputs::wasActive));
        columns.add(Column.optionalText(
                "measure",
                signal ->
                        finding(signal).map(finding -> finding.measure().name().toLowerCase(Locale.ROOT))));
        columns.add(Column.optionalNumber(
                "observed", signal -> known(finding(signal).map(Finding::observed))));
        columns.add(Column.optionalNumber(
                "expected", signal -> known(finding(signal).map(Finding::expected))));
        columns.add(Column.wholes(
                "evidence", signal -> finding(signal).map(Finding::evidence).orElse(new long[0])));
        return new Output<>(
                "signals",
                effect -> effect instanceof Effect.SignalChanged changed
                        ? Optional.of(changed.signal())
                        : Optional.empty(),
                columns);
    }

    private static String kind(Signal signal) {
        return switch (signal) {
            case Signal.Raised raised -> "raised";
            case Signal.Ended ended -> "ended";
            case Signal.Withdrawn withdrawn -> "withdrawn";
            case Signal.Measured measured -> "measured";
        };
    }

    /** The raised signal that this one ends or takes back. */
    private static Optional<EffectId> before(Signal signal) {
        return switch (signal) {
            case Signal.Ended ended -> Optional.of(ended.signal());
            case Signal.Withdrawn withdrawn -> Optional.of(withdrawn.signal());
            case Signal.Raised raised -> Optional.empty();
            case Signal.Measured measured -> Optional.empty();
        };
    }

    private static OptionalLong raisedAt(Signal signal) {
        return switch (signal) {
            case Signal.Ended ended -> OptionalLong.of(ended.raisedAtMillis());
            case Signal.Withdrawn withdrawn -> OptionalLong.of(withdrawn.raisedAtMillis());
            case Signal.Raised raised -> OptionalLong.empty();
            case Signal.Measured measured -> OptionalLong.empty();
        };
    }

    private static Optional<Boolean> wasActive(Signal signal) {
        return signal instanceof Signal.Withdrawn withdrawn ? Optional.of(withdrawn.wasActive()) : Optional.empty();
    }

    private static Optional<Finding> finding(Signal signal) {
        return signal instanceof Signal.Raised raised ? Optional.of(raised.finding()) : Optional.empty();
    }

    private static OptionalDouble known(Optional<Double> number) {
        return number.isPresent() && Double.isFinite(number.get())
                ? OptionalDouble.of(number.get())
                : OptionalDouble.empty();
    }

    private Output<Risk> risks() {
        List<Column<Risk>> columns = new ArrayList<>(start(Risk::id));
        columns.add(Column.text("prediction", Risk::prediction));
        columns.add(Column.text("model", Risk::model));
        columns.add(Column.text("kind", risk -> risk.change().name().toLowerCase(Locale.ROOT)));
        columns.add(Column.time("occurred_at", Risk::atMillis));
        columns.add(Column.ids(
                "causes", names, risk -> risk.since().equals(risk.id()) ? List.of() : List.of(risk.since())));
        columns.add(Column.number("probability", risk -> risk.probability().value()));
        columns.add(Column.number("level", risk -> risk.level().value()));
        columns.addAll(Column.money("value", Risk::value));
        return new Output<>(
                "risks",
                effect -> effect instanceof Effect.RiskChanged changed ? Optional.of(changed.risk()) : Optional.empty(),
                columns);
    }

    private Output<Explanation> reasons() {
        List<Column<Explanation>> columns = new ArrayList<>(start(Explanation::id));
        columns.add(Column.text("prediction", Explanation::prediction));
        columns.add(Column.text("model", Explanation::model));
        columns.add(Column.time("occurred_at", Explanation::atMillis));
        columns.add(Column.ids("causes", names, explanation -> List.of(explanation.risk())));
        columns.add(Column.number(
                "probability", explanation -> explanation.probability().value()));
        columns.add(Column.number("expected", explanation -> explanation.usual().value()));
        columns.add(new Column<>("reasons", Column.Type.REASONS, Outputs::reasons));
        columns.add(Column.number("rest_log_odds", Explanation::restLogOdds));
        columns.add(new Column<>("outside", Column.Type.OUTSIDE, Outputs::outside));
        return new Output<>(
                "reasons",
                effect -> effect instanceof Effect.Explained explained
                        ? Optional.of(explained.explanation())
                        : Optional.empty(),
                columns);
    }

    private static void outside(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Outside each : explanation.outside()) {
            json.writeStartObject();
            json.writeStringField("signal", each.signal());
            known("share", each.share(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void reasons(Explanation explanation, JsonGenerator json) throws IOException {
        reasons(explanation.reasons(), json);
    }

    /** The risks that were known, and why the one that triggered was what it was. */
    private static <T> List<Column<T>> basis(Function<T, Basis> basis) {
        return List.of(
                new Column<>(
                        "risks",
                        Column.Type.RISKS,
                        (row, json) -> risks(basis.apply(row).risks(), json)),
                new Column<>(
                        "reasons",
                        Column.Type.REASONS,
                        (row, json) -> reasons(basis.apply(row).reasons(), json)));
    }

    private static void risks(List<KnownRisk> risks, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (KnownRisk each : risks) {
            json.writeStartObject();
            json.writeStringField("prediction", each.prediction());
            json.writeStringField("model", each.model());
            json.writeNumberField("probability", each.probability().value());
            known("level", each.level() == 0 ? Double.NaN : each.level(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void reasons(List<Reason> reasons, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Reason each : reasons) {
            json.writeStartObject();
            json.writeStringField("about", each.group());
            json.writeStringField("feature", each.feature());
            known("value", each.value(), json);
            known("expected_low", each.usualLow(), json);
            known("expected_high", each.usualHigh(), json);
            json.writeNumberField("log_odds", each.logOdds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What is absent is null: JSON has no NaN. */
    private static void known(String name, double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private Output<Alert> alerts() {
        List<Column<Alert>> columns = new ArrayList<>(start(Alert::id));
        columns.add(Column.text("alert", Alert::name));
        columns.add(Column.text("kind", alert -> kind(alert)));
        columns.add(Column.text("journey_key", Alert::journeyKey));
        columns.add(Column.time("occurred_at", Alert::atMillis));
        columns.add(Column.ids("causes", names, alert -> List.of(alert.cause())));
        columns.add(Column.optionalId("alert_id", names, Outputs::open));
        columns.add(Column.optionalText(
                "owner",
                alert -> alert instanceof Alert.Raised raised ? Optional.of(raised.owner()) : Optional.empty()));
        columns.add(Column.optionalWhole(
                "signals",
                alert ->
                        alert instanceof Alert.Merged merged ? OptionalLong.of(merged.count()) : OptionalLong.empty()));
        columns.add(Column.optionalText("why", Outputs::why));
        columns.add(Column.optionalTime(
                "raised_at",
                alert -> alert instanceof Alert.Resolved resolved
                        ? OptionalLong.of(resolved.raisedAtMillis())
                        : OptionalLong.empty()));
        columns.addAll(basis(Outputs::basis));
        return new Output<>(
                "alerts",
                effect ->
                        effect instanceof Effect.AlertChanged changed ? Optional.of(changed.alert()) : Optional.empty(),
                columns);
    }

    private static Basis basis(Alert alert) {
        return switch (alert) {
            case Alert.Raised raised -> raised.basis();
            case Alert.Merged merged -> merged.basis();
            case Alert.Suppressed suppressed -> suppressed.basis();
            case Alert.Escalated escalated -> Basis.NONE;
            case Alert.Resolved resolved -> Basis.NONE;
        };
    }

    private static String kind(Alert alert) {
        return switch (alert) {
            case Alert.Raised raised -> "raised";
            case Alert.Merged merged -> "grouped";
            case Alert.Escalated escalated -> "escalated";
            case Alert.Resolved resolved -> "resolved";
            case Alert.Suppressed suppressed -> "suppressed";
        };
    }

    /** The open alert that this is about. */
    private static Optional<EffectId> open(Alert alert) {
        return switch (alert) {
            case Alert.Raised raised -> Optional.of(raised.id());
            case Alert.Merged merged -> Optional.of(merged.alert());
            case Alert.Escalated escalated -> Optional.of(escalated.alert());
            case Alert.Resolved resolved -> Optional.of(resolved.alert());
            case Alert.Suppressed suppressed -> Optional.empty();
        };
    }

    private static Optional<String> why(Alert alert) {
        return switch (alert) {
            case Alert.Resolved resolved -> Optional.of(resolved.why().name().toLowerCase(Locale.ROOT));
            case Alert.Suppressed suppressed -> Optional.of(suppressed.reason());
            case Alert.Raised raised -> Optional.empty();
            case Alert.Merged merged -> Optional.empty();
            case Alert.Escalated escalated -> Optional.empty();
        };
    }

    private Output<Assignment> assignments() {
        List<Column<Assignment>> columns = new ArrayList<>(start(Assignment::id));
        columns.add(Column.time("occurred_at", Assignment::atMillis));
        columns.add(Column.text(
                "treatment_group",
                assignment -> group(assignment.isControl() ? Decision.Group.CONTROL : Decision.Group.TREATMENT)));
        columns.add(Column.text("identifier", Assignment::identifier));
        columns.add(Column.number("draw", Assignment::draw));
        columns.add(Column.number("share", assignment -> assignment.share().value()));
        columns.add(Column.flag("is_crossover", Assignment::isCrossover));
        return new Output<>(
                "assignments",
                effect -> effect instanceof Effect.Assigned assigned
                        ? Optional.of(assigned.assignment())
                        : Optional.empty(),
                columns);
    }

    private Output<Decision> decisions() {
        List<Column<Decision>> columns = new ArrayList<>(start(Decision::id));
        columns.add(Column.text("policy", Decision::policy));
        columns.add(Column.text("journey_key", Decision::journeyKey));
        columns.add(Column.time("occurred_at", Decision::atMillis));
        columns.add(Column.ids(
                "causes", names, decision -> decision.cause().stream().toList()));
        columns.add(Column.text("treatment_group", decision -> group(decision.group())));
        columns.add(Column.flag("is_universal", Decision::isUniversal));
        columns.add(Column.number("draw", Decision::draw));
        columns.add(Column.text("chosen", Decision::chosen));
        columns.add(Column.text("would_choose", Decision::wouldChoose));
        columns.add(
                Column.number("propensity", decision -> decision.propensity().value()));
        columns.addAll(Column.money("value_at_risk", Decision::valueAtRisk));
        columns.add(Column.flag("too_late", Decision::isTooLate));
        columns.add(new Column<>("candidates", Column.Type.CANDIDATES, Outputs::candidates));
        columns.addAll(basis(Decision::basis));
        return new Output<>(
                "decisions",
                effect -> effect instanceof Effect.Decided decided ? Optional.of(decided.decision()) : Optional.empty(),
                columns);
    }

    private static void candidates(Decision decision, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Decision.Considered each : decision.candidates()) {
            json.writeStartObject();
            json.writeStringField("action", each.action());
            if (each.expectedValue().isPresent()) {
                Money expectedValue = each.expectedValue().get();
                json.writeNumberField("expected_value_minor", expectedValue.minor());
                json.writeStringField(
                        "expected_value_currency", expectedValue.currency().getCurrencyCode());
            } else {
                json.writeNullField("expected_value_minor");
                json.writeNullField("expected_value_currency");
            }
            json.writeStringField("rejection", each.rejection());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Output<Outcome> outcomes() {
        List<Column<Outcome>> columns = new ArrayList<>(start(Outcome::id));
        columns.add(Column.text("outcome", Outcome::name));
        columns.add(Column.text("policy", Outcome::policy));
        columns.add(Column.text("journey_key", Outcome::journeyKey));
        columns.add(Column.time("occurred_at", Outcome::atMillis));
        columns.add(Column.ids("causes", names, outcome -> List.of(outcome.decision())));
        columns.add(Column.text("treatment_group", outcome -> group(outcome.group())));
        columns.add(Column.flag("success", Outcome::success));
        columns.add(Column.time("decided_at", Outcome::decidedAtMillis));
        return new Output<>(
                "outcomes",
                effect -> effect instanceof Effect.OutcomeObserved observed
                        ? Optional.of(observed.outcome())
                        : Optional.empty(),
                columns);
    }

    private static String group(Decision.Group group) {
        return group.name().toLowerCase(Locale.ROOT);
    }

    private Output<Transition> transitions() {
        List<Column<Transition>> columns = new ArrayList<>(start(Transition::id));
        columns.add(Column.text("journey", Transition::journey));
        columns.add(Column.text("kind", transition -> transition.kind().name().toLowerCase(Locale.ROOT)));
        columns.add(Column.text("journey_key", Transition::journeyKey));
        columns.add(Column.time("occurred_at", Transition::atMillis));
        columns.add(Column.text("from_step", Transition::from));
        columns.add(Column.text("to_step", Transition::to));
        columns.add(Column.time("started_at", Transition::startedAtMillis));
        columns.add(Column.whole("dwell_ms", Transition::dwellMillis));
        columns.add(Column.flag("backwards", Transition::backwards));
        columns.addAll(Column.money("value", Transition::value));
        return new Output<>(
                "transitions",
                effect -> effect instanceof Effect.Transitioned transitioned
                        ? Optional.of(transitioned.transition())
                        : Optional.empty(),
                columns);
    }

    /** What every row begins with. */
    private <T> List<Column<T>> start(Function<T, EffectId> id) {
        return List.of(
                Column.id("id", names, id),
                Column.text("definition", row -> definition),
                Column.whole("position", row -> id.apply(row).position()),
                Column.whole("effect_index", row -> id.apply(row).index()),
                Column.text("subject_kind", row -> id.apply(row).subject().kind()),
                Column.text("subject", row -> id.apply(row).subject().key()));
    }
}
