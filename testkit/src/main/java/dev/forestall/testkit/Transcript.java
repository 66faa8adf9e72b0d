package dev.forestall.testkit;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Effects as lines that people can read and files can hold. */
public final class Transcript {

    private Transcript() {}

    /** One line per effect. */
    public static List<String> of(List<Effect> effects) {
        return effects.stream().map(Transcript::line).toList();
    }

    public static String line(Effect effect) {
        return Instant.ofEpochMilli(effect.atMillis()) + " " + name(effect.subject()) + " " + what(effect);
    }

    private static String what(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned transitioned -> transition(transitioned.transition());
            case Effect.SignalChanged changed -> signal(changed.signal());
            case Effect.ContextChanged changed ->
                "affected by " + changed.change().signal() + " of "
                        + changed.change().value() + (changed.change().isActive() ? "" : " no longer");
            case Effect.AlertChanged changed -> alert(changed.alert());
            case Effect.Assigned assigned -> assignment(assigned.assignment());
            case Effect.Decided decided -> decision(decided.decision());
            case Effect.ActionRequested requested -> request(requested.request());
            case Effect.Permitted permitted -> permit(permitted.permit());
            case Effect.RequestChanged changed -> change(changed.change());
            case Effect.OutcomeObserved observed -> outcome(observed.outcome());
            case Effect.RiskChanged changed -> risk(changed.risk());
            case Effect.Explained explained -> explanation(explained.explanation());
            case Effect.Sampled sampled -> "sampled " + sampled.sample().prediction();
            case Effect.SendMessage send -> "tells " + name(send.to()) + " " + message(send.message());
        };
    }

    private static String risk(Risk risk) {
        return "risk " + risk.prediction() + " " + risk.change().name().toLowerCase(Locale.ROOT) + " at level "
                + risk.level().value() + ": " + risk.probability().value() + " by " + risk.model();
    }

    private static String explanation(Explanation explanation) {
        StringBuilder text = new StringBuilder("because of");
        for (Reason reason : explanation.reasons()) {
            text.append(' ')
                    .append(reason.group())
                    .append(" (")
                    .append(reason.feature())
                    .append(" is ")
                    .append(reason.value())
                    .append(", moves ")
                    .append(reason.logOdds())
                    .append(')');
        }
        return text.append(", rest ").append(explanation.restLogOdds()).toString();
    }

    private static String transition(Transition transition) {
        String steps = transition.from().isEmpty() && transition.to().isEmpty()
                ? ""
                : " from '" + transition.from() + "' to '" + transition.to() + "'";
        return "journey " + named(transition.journey(), transition.journeyKey()) + " " + word(transition.kind()) + steps
                + (transition.backwards() ? " backwards" : "") + " after " + length(transition.dwellMillis())
                + transition.value().map(value -> ", worth " + value).orElse("");
    }

    private static String signal(Signal signal) {
        String name = "signal " + named(signal.name(), signal.journeyKey());
        return switch (signal) {
            case Signal.Raised raised -> name + " raised: " + finding(raised.finding());
            case Signal.Ended ended -> name + " ended, raised " + Instant.ofEpochMilli(ended.raisedAtMillis());
            case Signal.Withdrawn withdrawn ->
                name + " withdrawn, raised " + Instant.ofEpochMilli(withdrawn.raisedAtMillis());
            case Signal.Measured measured -> name + " measured " + length(measured.millis());
        };
    }

    private static String finding(Finding finding) {
        return word(finding.measure()) + " " + number(finding.observed()) + " against " + number(finding.expected())
                + ", events " + Arrays.toString(finding.evidence());
    }

    private static String alert(Alert alert) {
        String name = "alert " + named(alert.name(), alert.journeyKey());
        return switch (alert) {
            case Alert.Raised raised -> name + " raised to " + raised.owner();
            case Alert.Merged merged -> name + " merged, now " + merged.count();
            case Alert.Escalated escalated -> name + " paged";
            case Alert.Resolved resolved -> name + " closed, " + word(resolved.why());
            case Alert.Suppressed suppressed -> name + " quiet: " + suppressed.reason();
        };
    }

    private static String assignment(Assignment assignment) {
        return (assignment.isCrossover() ? "was also in " : "is in ")
                + (assignment.isControl() ? "the control group" : "treatment")
                + " by " + assignment.identifier();
    }

    private static String decision(Decision decision) {
        StringBuilder line = new StringBuilder("policy ")
                .append(named(decision.policy(), decision.journeyKey()))
                .append(" chose ")
                .append(decision.chosen())
                .append(", ")
                .append(decision.isUniversal() ? "universal " : "")
                .append(word(decision.group()))
                .append(String.format(
                        Locale.ROOT, ", propensity %.3f", decision.propensity().value()))
                .append(decision.valueAtRisk()
                        .map(valueAtRisk -> ", stake " + valueAtRisk)
                        .orElse(""));
        for (Decision.Considered each : decision.candidates()) {
            line.append("; ")
                    .append(each.action())
                    .append(each.expectedValue()
                            .map(expectedValue -> " " + expectedValue)
                            .orElse(" of unknown worth"))
                    .append(each.rejection().isEmpty() ? "" : " (" + each.rejection() + ")");
        }
        return line.toString();
    }

    private static String request(ActionRequest request) {
        return "performs " + request.task().action() + " by "
                + request.reach().channels().getFirst() + " for "
                + request.task().cost();
    }

    private static String permit(Permit permit) {
        return "permits " + named(permit.request().action(), permit.request().journeyKey()) + " by " + permit.channel()
                + ", attempt " + permit.attempt();
    }

    private static String change(RequestChange change) {
        String request =
                "request " + named(change.request().action(), change.request().journeyKey());
        return switch (change) {
            case RequestChange.Deferred deferred ->
                request + " deferred until " + Instant.ofEpochMilli(deferred.untilMillis()) + ", "
                        + deferred.rule().key() + ": " + deferred.value();
            case RequestChange.Held held -> request + " held, " + held.rule().key() + ": " + held.value();
            case RequestChange.Resumed resumed -> request + " resumed by " + resumed.by();
            case RequestChange.Refused refused ->
                request + " refused, " + refused.rule().key() + ": " + refused.value();
            case RequestChange.Outbid outbid ->
                request + " outbid by "
                        + named(outbid.by().action(), outbid.by().journeyKey());
            case RequestChange.Withdrawn withdrawn ->
                request + " withdrawn from " + word(withdrawn.was()) + ", " + withdrawn.cause();
            case RequestChange.Expired expired -> request + " expired";
            case RequestChange.Moved moved ->
                request + " is " + word(moved.stage())
                        + (moved.channel().isEmpty() ? "" : " by " + moved.channel())
                        + (moved.detail().isEmpty() ? "" : ": " + moved.detail());
            case RequestChange.Stands stands ->
                request + " stands " + word(stands.stage()) + (stands.detail().isEmpty() ? "" : ": " + stands.detail());
        };
    }

    private static String outcome(Outcome outcome) {
        return "outcome " + named(outcome.name(), outcome.journeyKey()) + " of " + outcome.policy() + " "
                + (outcome.success() ? "good" : "bad") + ", " + word(outcome.group()) + ", decided "
                + Instant.ofEpochMilli(outcome.decidedAtMillis());
    }

    private static String message(Message message) {
        return switch (message) {
            case Message.Count count ->
                count.signal() + " " + count.hit() + " of " + count.tried() + " by " + count.member() + " in "
                        + Instant.ofEpochMilli(count.bucketMillis());
            case Message.Notice notice ->
                notice.signal() + " of " + notice.value() + (notice.off() ? " is off" : " is back");
            case Message.Dependence dependence ->
                dependence.member() + " depends on it for " + dependence.signal() + " since "
                        + Instant.ofEpochMilli(dependence.atMillis());
            case Message.Use use ->
                use.workload() + " with " + use.member() + " in " + Instant.ofEpochMilli(use.bucketMillis());
            case Message.Question question -> "asks for " + question.prediction() + " of " + question.row();
            case Message.Claim claim ->
                claim.amount() == 0
                        ? "gives back its part of " + claim.resource()
                        : "claims " + claim.amount() + " of " + claim.resource();
            case Message.Grant grant ->
                (grant.isGranted() ? "grants " : "has nothing left of ") + grant.resource() + " until "
                        + Instant.ofEpochMilli(grant.untilMillis());
            case Message.Answer answer -> answer.prediction() + " is " + answer.probability();
            case Message.WorkloadReport report ->
                report.workload() + " " + report.value() + " had to do " + report.uses() + ", usually "
                        + report.usual();
        };
    }

    private static String name(SubjectId subject) {
        return subject.isCustomer() ? subject.key() : subject.toString();
    }

    private static String named(String name, String key) {
        return key.isEmpty() ? name : name + "[" + key + "]";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String length(long millis) {
        return Duration.ofMillis(millis).toString();
    }

    /** Six significant digits, so that a golden file does not depend on the last bit. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }
}
