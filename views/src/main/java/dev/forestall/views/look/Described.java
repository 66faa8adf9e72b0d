package dev.forestall.views.look;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Signal;
import dev.forestall.views.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One effect in words.
 *
 * @param title what it is, in a few words
 * @param details further lines, most important first
 */
public record Described(String title, List<String> details) {

    public Described {
        details = List.copyOf(details);
    }

    /** @param words what signals and actions mean, by name */
    public static Described of(Effect effect, Map<String, String> words) {
        return switch (effect) {
            case Effect.OutcomeObserved observed -> outcome(observed.outcome());
            case Effect.Assigned assigned -> assignment(assigned.assignment());
            case Effect.Decided decided -> decision(decided.decision(), words);
            case Effect.ActionRequested requested -> Requests.request(requested.request());
            case Effect.Permitted permitted -> Requests.permit(permitted.permit());
            case Effect.RequestChanged changed -> Requests.change(changed.change());
            case Effect.ContextChanged changed ->
                new Described(
                        (changed.change().isActive() ? "affected by " : "no longer affected by ")
                                + changed.change().signal() + " of "
                                + changed.change().value(),
                        List.of());
            case Effect.AlertChanged changed -> alert(changed.alert());
            case Effect.SignalChanged changed -> signal(changed.signal(), words);
            case Effect.Transitioned transitioned -> transition(transitioned.transition());
            case Effect.RiskChanged changed -> risk(changed.risk(), words);
            case Effect.Explained explained -> explanation(explained.explanation());
            case Effect.Sampled sampled ->
                new Described("sample of " + sampled.sample().prediction(), List.of());
            case Effect.SendMessage send -> message(send);
        };
    }

    private static Described outcome(Outcome outcome) {
        return new Described(
                "outcome " + outcome.name() + ": " + (outcome.success() ? "success" : "no success"),
                List.of(group(outcome.group()) + "; " + Units.duration(outcome.atMillis() - outcome.decidedAtMillis())
                        + " after the decision of " + Units.minute(outcome.decidedAtMillis())));
    }

    private static String group(Decision.Group group) {
        return group.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Described assignment(Assignment assignment) {
        String group = assignment.isControl() ? "the control group" : "treatment";
        return new Described(
                assignment.isCrossover() ? "crossover: was also in " + group : "assigned to " + group,
                List.of(String.format(
                        Locale.ROOT,
                        "by %s: the draw was %.4f; the control group has %.1f %% of the customers",
                        assignment.identifier(),
                        assignment.draw(),
                        assignment.share().value() * 100)));
    }

    private static Described decision(Decision decision, Map<String, String> words) {
        List<String> details = new ArrayList<>();
        details.add(String.format(
                Locale.ROOT,
                "%s: the draw was %.4f; this choice had probability %.2f",
                decision.isUniversal() ? "in the control group of all policies" : group(decision.group()),
                decision.draw(),
                decision.propensity().value()));
        decision.valueAtRisk().ifPresent(valueAtRisk -> details.add("value at risk " + Units.money(valueAtRisk)));
        for (Decision.Considered each : decision.candidates()) {
            String expectedValue = each.expectedValue()
                    .map(money -> "expected value " + Units.money(money))
                    .orElse("expected value unknown");
            boolean isChosen = each.action().equals(decision.chosen());
            String verdict = isChosen ? "chosen" : "not chosen: " + each.rejection();
            details.add(
                    "candidate " + each.action() + ", " + expectedValue + ", " + verdict + said(each.action(), words));
        }
        return new Described("decision of policy " + decision.policy() + ": " + decision.chosen(), details);
    }

    private static String said(String name, Map<String, String> words) {
        String meaning = words.getOrDefault(name, "");
        return meaning.isEmpty() ? "" : " (" + meaning + ")";
    }

    private static Described alert(Alert alert) {
        String name = "alert " + alert.name() + " ";
        return switch (alert) {
            case Alert.Raised raised -> new Described(name + "raised", List.of("to " + raised.owner()));
            case Alert.Merged merged ->
                new Described(
                        name + "grouped",
                        List.of(Units.count(merged.count(), "signal") + " in the open alert by then"));
            case Alert.Escalated escalated ->
                new Described(name + "escalated", List.of("open for so long that it is escalated"));
            case Alert.Resolved resolved ->
                new Described(
                        name + "resolved: " + resolved.why().name().toLowerCase(Locale.ROOT),
                        List.of("open for " + Units.duration(resolved.atMillis() - resolved.raisedAtMillis())));
            case Alert.Suppressed suppressed -> new Described(name + "suppressed", List.of(suppressed.reason()));
        };
    }

    private static Described signal(Signal signal, Map<String, String> words) {
        String name = "signal " + signal.name() + " ";
        return switch (signal) {
            case Signal.Raised raised -> {
                List<String> details = new ArrayList<>();
                String meaning = words.getOrDefault(raised.name(), "");
                if (!meaning.isEmpty()) {
                    details.add(meaning);
                }
                details.add(finding(raised.finding()));
                yield new Described(name + "raised", details);
            }
            case Signal.Ended ended ->
                new Described(
                        name + "ended",
                        List.of("active for " + Units.duration(ended.atMillis() - ended.raisedAtMillis())));
            case Signal.Withdrawn withdrawn ->
                new Described(
                        name + "withdrawn",
                        List.of("input that came late shows that it should not have been raised at "
                                + Units.minute(withdrawn.raisedAtMillis())));
            case Signal.Measured measured ->
                new Described(name + "measured", List.of("it took " + Units.duration(measured.millis())));
        };
    }

    /** What was seen, against what is usual. */
    public static String finding(Finding finding) {
        String usual =
                Double.isNaN(finding.expected()) ? "" : "; expected: " + value(finding.expected(), finding.measure());
        return "observed: " + value(finding.observed(), finding.measure()) + usual;
    }

    private static String value(double number, Finding.Measure measure) {
        return switch (measure) {
            case COUNT -> plain(number) + (number == 1 ? " time" : " times");
            case DURATION -> number == Long.MIN_VALUE ? "unknown" : Units.duration((long) number);
            case RATE -> plain(number) + " a day";
            case VALUE -> plain(number);
            case SHARE -> Units.percent(number);
            case CONDITION -> "the condition holds";
        };
    }

    /** At most three decimals, and none where there are none. */
    public static String plain(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%,.3f", number).replaceAll("0+$", "");
    }

    private static Described risk(Risk risk, Map<String, String> words) {
        String title = "risk " + risk.prediction() + " "
                + switch (risk.change()) {
                    case ROSE -> "reached ";
                    case FELL -> "fell below ";
                    case OVER -> "is over, with it ";
                }
                + Units.percent(risk.level().value());
        String meaning = words.getOrDefault("risk." + risk.prediction(), "");
        return new Described(
                title,
                List.of(
                        (meaning.isEmpty() ? risk.prediction() : meaning) + ": "
                                + Units.percent(risk.probability().value()),
                        "by model " + risk.model()));
    }

    /** Whoever knows the features can say it better: this names them. */
    private static Described explanation(Explanation explanation) {
        List<String> details = new ArrayList<>();
        for (Reason reason : explanation.reasons()) {
            details.add((reason.logOdds() > 0 ? "raises it: " : "lowers it: ") + reason.group() + " ("
                    + reason.feature() + " is " + plain(reason.value()) + ")");
        }
        for (Outside each : explanation.outside()) {
            details.add("outside: " + each.signal()
                    + (Double.isNaN(each.share())
                            ? " is off its expectation"
                            : ", " + Units.percent(each.share()) + " of what raises it"));
        }
        return new Described(
                "why risk " + explanation.prediction() + " is "
                        + Units.percent(explanation.probability().value()),
                details);
    }

    private static Described transition(Transition transition) {
        String journey = "journey " + transition.journey() + " ";
        String step = transition.from().isEmpty() ? "the time before its first step" : "step " + transition.from();
        List<String> left = List.of("after " + Units.duration(transition.dwellMillis()) + " in " + step);
        return switch (transition.kind()) {
            case STARTED ->
                new Described(
                        journey + "started",
                        transition
                                .value()
                                .map(value -> List.of("value at risk " + Units.money(value)))
                                .orElse(List.of()));
            case MOVED ->
                new Described(
                        journey + "moved " + (transition.backwards() ? "back " : "") + "to step " + transition.to(),
                        left);
            case REACHED_GOAL -> new Described(journey + "reached its goal", left);
            case FAILED -> new Described(journey + "failed", left);
            case CLOSED -> new Described(journey + "closed", left);
            case ABANDONED -> new Described(journey + "abandoned", left);
            case DISPLACED -> new Described(journey + "given up: too many at once", left);
        };
    }

    private static Described message(Effect.SendMessage send) {
        return switch (send.message()) {
            case Message.Count count ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of(Units.count(count.hit()) + " of " + Units.count(count.tried()) + " in the time from "
                                + Units.minute(count.bucketMillis())));
            case Message.Notice notice ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of(notice.signal() + " of " + notice.value()
                                + (notice.off() ? " is active" : " is over")));
            case Message.Dependence dependence ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of("was named together with it at " + Units.minute(dependence.atMillis())));
            case Message.Use use ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of("was with it in the time from " + Units.minute(use.bucketMillis())));
            case Message.Question question ->
                new Described("asked " + subject(send.to()), List.of("prediction " + question.prediction()));
            case Message.Claim claim ->
                new Described(
                        claim.amount() == 0
                                ? "gives back its part of " + claim.resource()
                                : "claims " + claim.amount() + " of " + claim.resource(),
                        List.of());
            case Message.Grant grant ->
                new Described(
                        grant.resource()
                                + (grant.isGranted() ? " is granted until " : " is used up until ")
                                + Units.minute(grant.untilMillis()),
                        List.of());
            case Message.Answer answer ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of("prediction " + answer.prediction() + " by model " + answer.model() + ": "
                                + Units.percent(answer.probability())));
            case Message.WorkloadReport report ->
                new Described(
                        "told to " + subject(send.to()),
                        List.of(report.value() + " had to do: " + Units.count(report.uses())
                                + (Double.isNaN(report.usual())
                                        ? ""
                                        : String.format(Locale.ROOT, ", usually %.1f", report.usual()))));
        };
    }

    /** Such as {@code customer 173688}. */
    public static String subject(SubjectId subject) {
        return subject.kind() + " " + subject.key();
    }

    /** On whom, and in which run. */
    public static String whereabouts(EffectId id, String key) {
        return subject(id.subject()) + (key.isEmpty() || key.equals(id.subject().key()) ? "" : ", run " + key);
    }

    /** The run of a journey that an effect is about; empty when it is about none. */
    public static String key(Effect effect) {
        return switch (effect) {
            case Effect.OutcomeObserved observed -> observed.outcome().journeyKey();
            case Effect.Assigned assigned -> "";
            case Effect.Decided decided -> decided.decision().journeyKey();
            case Effect.ActionRequested requested -> requested.request().journeyKey();
            case Effect.Permitted permitted -> permitted.permit().request().journeyKey();
            case Effect.RequestChanged changed -> changed.change().request().journeyKey();
            case Effect.AlertChanged changed -> changed.alert().journeyKey();
            case Effect.SignalChanged changed -> changed.signal().journeyKey();
            case Effect.Transitioned transitioned -> transitioned.transition().journeyKey();
            case Effect.ContextChanged changed -> "";
            case Effect.RiskChanged changed -> "";
            case Effect.Explained explained -> "";
            case Effect.Sampled sampled -> "";
            case Effect.SendMessage send -> "";
        };
    }
}
