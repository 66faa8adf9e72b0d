package dev.forestall.views.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.views.Units;
import dev.forestall.views.report.Report.CandidateReport;
import dev.forestall.views.report.Report.Endings;
import dev.forestall.views.report.Report.StepReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Writes a report as one JSON object. Its keys are a promise, kept in {@code docs/guides/cli.md}: times are ISO 8601 in UTC, lengths of
 * time milliseconds ({@code _ms}), money whole minor units with a currency, shares 0 to 1; what is not known is null.
 */
public final class ReportJson {

    private final JsonGenerator json;

    public ReportJson(JsonGenerator json) {
        this.json = json;
    }

    public void write(Report report) throws IOException {
        json.writeStartObject();
        facts(report.facts());
        Map<String, Long> byCode = new TreeMap<>();
        report.rejected().forEach(each -> byCode.merge(each.code(), each.count(), Long::sum));
        counts("rejected_by_code", byCode);
        counts("signals", report.signals(), Report.SignalReport::name, Report.SignalReport::raised);
        counts("risks", report.risks(), Report.RiskReport::trigger, Report.RiskReport::rose);
        counts("alerts", report.alerts(), Report.AlertReport::name, Report.AlertReport::raised);
        counts("decisions", report.policies(), Report.PolicyReport::name, Report.PolicyReport::decisions);
        json.writeObjectFieldStart("report");
        json.writeNumberField("one_in", report.oneIn());
        array("journeys", report.journeys(), this::journey);
        array("signals", report.signals(), this::signal);
        array("risks", report.risks(), this::risk);
        array("alerts", report.alerts(), this::alert);
        array("policies", report.policies(), this::policy);
        array("outcomes", report.outcomes(), this::outcome);
        array("rejected", report.rejected(), this::rejected);
        json.writeEndObject();
        json.writeObjectFieldStart("examples");
        text("trace", report.examples().trace());
        text("customer", report.examples().customer().map(SubjectId::key));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void facts(Report.Facts facts) throws IOException {
        boolean any = facts.firstAtMillis() <= facts.lastAtMillis();
        json.writeStringField("source", facts.source());
        json.writeStringField("pack", facts.pack());
        json.writeStringField("definition", facts.definition());
        json.writeNumberField("events", facts.events());
        json.writeNumberField("new_events", facts.fresh());
        json.writeNumberField("subjects", facts.allSubjects());
        counts("subjects_by_kind", facts.subjects());
        json.writeNumberField("late", facts.late());
        json.writeNumberField("rejected", facts.rejected());
        text("first_event", any ? Optional.of(Units.iso(facts.firstAtMillis())) : Optional.empty());
        text("last_event", any ? Optional.of(Units.iso(facts.lastAtMillis())) : Optional.empty());
        json.writeNumberField("elapsed_ms", facts.elapsedMillis());
    }

    private void journey(Report.JourneyReport journey) throws IOException {
        json.writeStringField("journey", journey.name());
        json.writeNumberField("started", journey.started());
        endings(journey.endings());
        json.writeNumberField("abandoned", journey.abandoned());
        json.writeNumberField("displaced", journey.displaced());
        json.writeNumberField("open", journey.open());
        money("goal_value", journey.goalValue());
        money("bad_value", journey.badValue());
        quantiles("to_goal", journey.toGoal());
        quantiles("to_bad_end", journey.toBadEnd());
        array("steps", journey.steps(), this::step);
    }

    private void endings(Endings endings) throws IOException {
        json.writeNumberField("goal", endings.goal());
        json.writeNumberField("bad", endings.bad());
        json.writeNumberField("closed", endings.closed());
    }

    private void step(StepReport step) throws IOException {
        json.writeStringField("step", step.name());
        json.writeNumberField("runs", step.runs());
        json.writeNumberField("entered", step.entered());
        json.writeNumberField("back", step.back());
        quantiles("stay", step.stay());
        json.writeNumberField("open", step.open());
        quantiles("open_for", step.openFor());
        json.writeNumberField("drop_off", step.droppedHere());
        json.writeObjectFieldStart("ended");
        endings(step.endings());
        share("bad_share", (double) step.endings().bad() / step.endings().decided());
        json.writeEndObject();
    }

    private void signal(Report.SignalReport signal) throws IOException {
        json.writeStringField("signal", signal.name());
        json.writeStringField("words", signal.words());
        json.writeStringField("about", signal.about());
        json.writeNumberField("raised", signal.raised());
        json.writeNumberField("subjects", signal.subjects());
        json.writeNumberField("runs", signal.runs());
        json.writeNumberField("ended", signal.ended());
        json.writeNumberField("withdrawn", signal.withdrawn());
        json.writeBooleanField("momentary", signal.momentary());
        quantiles("before_bad_end", signal.early());
        array("risks", signal.risks(), this::risk);
    }

    private void risk(Report.Risk risk) throws IOException {
        RiskRatio ratio = risk.ratio();
        json.writeStringField("journey", risk.journey());
        json.writeNumberField("runs", ratio.runs());
        json.writeNumberField("bad", ratio.bad());
        share("bad_share", ratio.share());
        json.writeNumberField("other_runs", ratio.otherRuns());
        json.writeNumberField("other_bad", ratio.otherBad());
        share("expected_share", ratio.expected());
        json.writeNumberField("unmatched", ratio.unmatched());
        share("ratio", ratio.value());
        interval("ratio_95", ratio.interval());
    }

    private void risk(Report.RiskReport risk) throws IOException {
        json.writeStringField("prediction", risk.prediction());
        json.writeStringField("words", risk.words());
        json.writeNumberField("level", risk.level());
        json.writeNumberField("rose", risk.rose());
        json.writeNumberField("fell", risk.fell());
        json.writeNumberField("over", risk.over());
        json.writeNumberField("active", risk.standing());
        quantiles("active_for", risk.stood());
    }

    private void alert(Report.AlertReport alert) throws IOException {
        json.writeStringField("alert", alert.name());
        json.writeStringField("to", alert.to());
        json.writeNumberField("raised", alert.raised());
        json.writeNumberField("grouped", alert.merged());
        json.writeNumberField("escalated", alert.escalated());
        json.writeNumberField("suppressed", alert.suppressed());
        counts("resolved", alert.resolved());
        json.writeNumberField("open", alert.open());
        quantiles("open_for", alert.openFor());
    }

    private void policy(Report.PolicyReport policy) throws IOException {
        json.writeStringField("policy", policy.name());
        json.writeNumberField("decisions", policy.decisions());
        json.writeNumberField("treatment", policy.treatment());
        json.writeNumberField("control", policy.control());
        json.writeNumberField("treatment_subjects", policy.treatmentSubjects());
        json.writeNumberField("control_subjects", policy.controlSubjects());
        json.writeNumberField("universal_control_subjects", policy.universalSubjects());
        share("declared_holdout", policy.holdout());
        share("imbalance", policy.imbalance());
        money("expected_value", Optional.of(policy.treatmentExpectedValue()));
        money("cost", Optional.of(policy.treatmentCost()));
        array("candidates", policy.candidates(), this::candidate);
    }

    private void candidate(CandidateReport candidate) throws IOException {
        json.writeStringField("action", candidate.action());
        json.writeNumberField("considered", candidate.considered());
        json.writeNumberField("chosen", candidate.chosen());
        money("expected_value", Optional.of(candidate.expectedValue()));
        counts("rejected", candidate.rejections());
    }

    private void outcome(Report.OutcomeReport outcome) throws IOException {
        json.writeStringField("outcome", outcome.name());
        json.writeStringField("policy", outcome.policy());
        good("treatment", outcome.treatment());
        good("control", outcome.control());
        json.writeNumberField("waiting", outcome.waiting());
        Difference by = outcome.difference();
        json.writeObjectFieldStart("by_subject");
        good("treatment", new Report.Good(by.treatmentSuccesses(), by.treatment()));
        good("control", new Report.Good(by.controlSuccesses(), by.control()));
        share("difference", by.value());
        interval("difference_95", by.interval());
        json.writeEndObject();
    }

    private void good(String name, Report.Good good) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("of", good.of());
        json.writeNumberField("success", good.good());
        json.writeEndObject();
    }

    private void rejected(Report.Rejection rejected) throws IOException {
        json.writeStringField("code", rejected.code());
        json.writeStringField("title", rejected.title());
        json.writeNumberField("count", rejected.count());
        json.writeStringField("file", rejected.file());
    }

    private void quantiles(String name, Quantiles quantiles) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", quantiles.count());
        if (quantiles.isEmpty()) {
            json.writeNullField("p50_ms");
            json.writeNullField("p90_ms");
        } else {
            json.writeNumberField("p50_ms", quantiles.p50Millis());
            json.writeNumberField("p90_ms", quantiles.p90Millis());
        }
        json.writeEndObject();
    }

    private void money(String name, Optional<Money> money) throws IOException {
        if (money.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("minor", money.get().minor());
        json.writeStringField("currency", money.get().currency().getCurrencyCode());
        json.writeEndObject();
    }

    private void interval(String name, Optional<Interval> interval) throws IOException {
        if (interval.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        json.writeNumber(interval.get().low());
        json.writeNumber(interval.get().high());
        json.writeEndArray();
    }

    /** A number that may be unknown. */
    private void share(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        } else {
            json.writeNullField(name);
        }
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> each : counts.entrySet()) {
            json.writeNumberField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    private <T> void counts(
            String name, List<T> items, java.util.function.Function<T, String> key, ToLongFunction<T> number)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (T each : items) {
            json.writeNumberField(key.apply(each), number.applyAsLong(each));
        }
        json.writeEndObject();
    }

    /** Writes the fields of one item. */
    private interface Fields<T> {
        void write(T item) throws IOException;
    }

    private <T> void array(String name, List<T> items, Fields<T> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : items) {
            json.writeStartObject();
            fields.write(each);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
