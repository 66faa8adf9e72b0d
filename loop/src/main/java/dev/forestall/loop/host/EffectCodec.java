package dev.forestall.loop.host;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.loop.risk.KnownRisk;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import dev.forestall.loop.trigger.Basis;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Writes effects and reads them back: for the outbox, and for everyone who looks at what happened later. For one thread. */
public final class EffectCodec {

    private static final int SCHEMA = 1;

    private static final int TRANSITION = 1;
    private static final int RAISED = 2;
    private static final int ENDED = 3;
    private static final int WITHDRAWN = 4;
    private static final int MEASURED = 5;
    private static final int ALERT_RAISED = 6;
    private static final int ALERT_MERGED = 7;
    private static final int ALERT_ESCALATED = 8;
    private static final int ALERT_RESOLVED = 9;
    private static final int ALERT_SUPPRESSED = 10;
    private static final int DECIDED = 11;
    private static final int ACTION_REQUEST = 12;
    private static final int OUTCOME = 13;
    private static final int MESSAGE_COUNT = 14;
    private static final int MESSAGE_NOTICE = 15;
    private static final int RISKED = 16;
    private static final int EXPLAINED = 17;
    private static final int MESSAGE_USE = 18;
    private static final int MESSAGE_WORKLOAD = 19;
    private static final int MESSAGE_QUESTION = 20;
    private static final int MESSAGE_ANSWER = 21;
    private static final int MESSAGE_DEPENDENCE = 22;
    private static final int MESSAGE_NOTICE_TO_NAME = 23;

    private static final int MESSAGE_CLAIM = 24;
    private static final int MESSAGE_GRANT = 25;

    private static final int PERMITTED = 30;
    private static final int REQUEST_DEFERRED = 31;
    private static final int REQUEST_HELD = 32;
    private static final int REQUEST_RESUMED = 33;
    private static final int REQUEST_REFUSED = 34;
    private static final int REQUEST_OUTBID = 35;
    private static final int REQUEST_WITHDRAWN = 36;
    private static final int REQUEST_EXPIRED = 37;
    private static final int REQUEST_MOVED = 38;
    private static final int REQUEST_STANDS = 39;
    private static final int ASSIGNED = 40;
    private static final int CONTEXT_CHANGED = 50;

    private final Writer to = new Writer();

    public byte[] write(Effect effect) {
        to.clear();
        to.count(SCHEMA);
        switch (effect) {
            case Effect.Transitioned transitioned -> transition(transitioned.transition());
            case Effect.SignalChanged changed -> signal(changed.signal());
            case Effect.ContextChanged changed -> context(changed.change());
            case Effect.AlertChanged changed -> alert(changed.alert());
            case Effect.Assigned assigned -> assignment(assigned.assignment());
            case Effect.Decided decided -> decision(decided.decision());
            case Effect.ActionRequested requested ->
                RequestCodec.write(requested.request(), head(ACTION_REQUEST, requested.id()));
            case Effect.Permitted permitted -> {
                about(PERMITTED, permitted.id(), permitted.permit().request());
                permitted.permit().write(to);
            }
            case Effect.RequestChanged changed -> change(changed.change());
            case Effect.OutcomeObserved observed -> outcome(observed.outcome());
            case Effect.SendMessage send -> message(send);
            case Effect.RiskChanged changed -> risk(changed.risk());
            case Effect.Explained explained -> explanation(explained.explanation());
            case Effect.Sampled sampled ->
                throw new IllegalStateException("what is learned from is not kept: " + sampled.sample());
        }
        return to.toBytes();
    }

    public static Effect read(byte[] bytes) {
        Reader from = new Reader(bytes);
        int schema = from.size();
        if (schema != SCHEMA) {
            throw new IllegalStateException(
                    "an effect of schema " + schema + ", but this version reads up to " + SCHEMA);
        }
        int kind = from.size();
        EffectId id = id(from);
        return switch (kind) {
            case TRANSITION -> new Effect.Transitioned(transition(id, from));
            case RAISED, ENDED, WITHDRAWN, MEASURED -> new Effect.SignalChanged(signal(kind, id, from));
            case ALERT_RAISED, ALERT_MERGED, ALERT_ESCALATED, ALERT_RESOLVED, ALERT_SUPPRESSED ->
                new Effect.AlertChanged(alert(kind, id, from));
            case ASSIGNED -> new Effect.Assigned(assignment(id, from));
            case CONTEXT_CHANGED -> new Effect.ContextChanged(context(id, from));
            case DECIDED -> new Effect.Decided(decision(id, from));
            case ACTION_REQUEST -> new Effect.ActionRequested(RequestCodec.read(id, from));
            case PERMITTED -> new Effect.Permitted(Permit.read(id, about(from), from));
            case REQUEST_DEFERRED,
                    REQUEST_HELD,
                    REQUEST_RESUMED,
                    REQUEST_REFUSED,
                    REQUEST_OUTBID,
                    REQUEST_WITHDRAWN,
                    REQUEST_EXPIRED,
                    REQUEST_MOVED,
                    REQUEST_STANDS -> new Effect.RequestChanged(change(kind, id, from));
            case OUTCOME -> new Effect.OutcomeObserved(outcome(id, from));
            case MESSAGE_COUNT,
                    MESSAGE_NOTICE,
                    MESSAGE_USE,
                    MESSAGE_WORKLOAD,
                    MESSAGE_QUESTION,
                    MESSAGE_ANSWER,
                    MESSAGE_DEPENDENCE,
                    MESSAGE_NOTICE_TO_NAME,
                    MESSAGE_CLAIM,
                    MESSAGE_GRANT -> message(kind, id, from);
            case RISKED -> new Effect.RiskChanged(risk(id, from));
            case EXPLAINED -> new Effect.Explained(explanation(id, from));
            default -> throw new IllegalStateException("an effect of an unknown kind " + kind);
        };
    }

    private Writer head(int kind, EffectId id) {
        to.count(kind);
        id(id);
        return to;
    }

    private void id(EffectId id) {
        to.text(id.subject().kind())
                .text(id.subject().key())
                .count(id.position())
                .count(id.index());
    }

    private static EffectId id(Reader from) {
        return new EffectId(new SubjectId(from.text(), from.text()), from.count(), from.size());
    }

    private void transition(Transition transition) {
        head(TRANSITION, transition.id())
                .text(transition.journey())
                .text(transition.journeyKey())
                .count(transition.kind().ordinal())
                .text(transition.from())
                .text(transition.to())
                .whole(transition.startedAtMillis())
                .whole(transition.atMillis())
                .whole(transition.dwellMillis())
                .flag(transition.backwards());
        money(transition.value());
    }

    private static Transition transition(EffectId id, Reader from) {
        return new Transition(
                id,
                from.text(),
                from.text(),
                Transition.Kind.values()[from.size()],
                from.text(),
                from.text(),
                from.whole(),
                from.whole(),
                from.whole(),
                from.flag(),
                money(from));
    }

    private void risk(Risk risk) {
        head(RISKED, risk.id())
                .text(risk.prediction())
                .text(risk.model())
                .count(risk.change().ordinal())
                .whole(risk.atMillis())
                .number(risk.probability().value())
                .number(risk.level().value())
                .text(risk.trigger());
        money(risk.value());
        id(risk.since());
        to.whole(risk.sinceMillis());
    }

    private static Risk risk(EffectId id, Reader from) {
        return new Risk(
                id,
                from.text(),
                from.text(),
                Risk.Change.values()[from.size()],
                from.whole(),
                new Probability(from.number()),
                new Probability(from.number()),
                from.text(),
                money(from),
                id(from),
                from.whole());
    }

    private void explanation(Explanation explanation) {
        head(EXPLAINED, explanation.id()).text(explanation.prediction()).text(explanation.model());
        id(explanation.risk());
        to.whole(explanation.atMillis())
                .number(explanation.probability().value())
                .number(explanation.usual().value());
        reasons(explanation.reasons());
        to.number(explanation.restLogOdds()).count(explanation.outside().size());
        explanation.outside().forEach(each -> to.text(each.signal()).number(each.share()));
    }

    private static Explanation explanation(EffectId id, Reader from) {
        String prediction = from.text();
        String model = from.text();
        EffectId risk = id(from);
        long atMillis = from.whole();
        Probability probability = new Probability(from.number());
        Probability usual = new Probability(from.number());
        List<Reason> reasons = reasons(from);
        double rest = from.number();
        List<Outside> outside = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            outside.add(new Outside(from.text(), from.number()));
        }
        return new Explanation(id, prediction, model, risk, atMillis, probability, usual, reasons, rest, outside);
    }

    private void reasons(List<Reason> reasons) {
        to.count(reasons.size());
        for (Reason reason : reasons) {
            to.text(reason.group())
                    .text(reason.feature())
                    .number(reason.value())
                    .number(reason.usualLow())
                    .number(reason.usualHigh())
                    .number(reason.logOdds());
        }
    }

    private static List<Reason> reasons(Reader from) {
        List<Reason> reasons = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            reasons.add(
                    new Reason(from.text(), from.text(), from.number(), from.number(), from.number(), from.number()));
        }
        return reasons;
    }

    private void basis(Basis basis) {
        to.count(basis.risks().size());
        for (KnownRisk each : basis.risks()) {
            to.text(each.prediction())
                    .text(each.model())
                    .number(each.probability().value())
                    .number(each.level());
        }
        reasons(basis.reasons());
    }

    private static Basis basis(Reader from) {
        List<KnownRisk> risks = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            risks.add(new KnownRisk(from.text(), from.text(), new Probability(from.number()), from.number()));
        }
        return new Basis(risks, reasons(from));
    }

    private void signal(Signal signal) {
        switch (signal) {
            case Signal.Raised raised -> {
                said(RAISED, raised);
                finding(raised.finding());
            }
            case Signal.Ended ended -> {
                said(ENDED, ended);
                id(ended.signal());
                to.whole(ended.raisedAtMillis());
            }
            case Signal.Withdrawn withdrawn -> {
                said(WITHDRAWN, withdrawn);
                id(withdrawn.signal());
                to.whole(withdrawn.raisedAtMillis()).flag(withdrawn.wasActive());
            }
            case Signal.Measured measured -> {
                said(MEASURED, measured);
                to.whole(measured.millis());
            }
        }
    }

    private void said(int kind, Signal signal) {
        head(kind, signal.id()).text(signal.name()).text(signal.journeyKey()).whole(signal.atMillis());
    }

    private static Signal signal(int kind, EffectId id, Reader from) {
        String name = from.text();
        String key = from.text();
        long at = from.whole();
        return switch (kind) {
            case RAISED -> new Signal.Raised(id, name, key, at, finding(from));
            case ENDED -> new Signal.Ended(id, name, key, at, id(from), from.whole());
            case WITHDRAWN -> new Signal.Withdrawn(id, name, key, at, id(from), from.whole(), from.flag());
            default -> new Signal.Measured(id, name, key, at, from.whole());
        };
    }

    private void context(ContextChange change) {
        head(CONTEXT_CHANGED, change.id())
                .text(change.signal())
                .text(change.value())
                .flag(change.isActive())
                .whole(change.atMillis());
        id(change.began());
        to.whole(change.beganAtMillis());
    }

    private static ContextChange context(EffectId id, Reader from) {
        return new ContextChange(id, from.text(), from.text(), from.flag(), from.whole(), id(from), from.whole());
    }

    private void finding(Finding finding) {
        to.number(finding.observed())
                .number(finding.expected())
                .count(finding.measure().ordinal())
                .count(finding.evidence().length);
        for (long position : finding.evidence()) {
            to.count(position);
        }
    }

    private static Finding finding(Reader from) {
        double observed = from.number();
        double expected = from.number();
        Finding.Measure measure = Finding.Measure.values()[from.size()];
        long[] evidence = new long[from.size()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = from.count();
        }
        return new Finding(observed, expected, measure, evidence);
    }

    private void alert(Alert alert) {
        switch (alert) {
            case Alert.Raised raised -> {
                said(ALERT_RAISED, raised).text(raised.owner());
                basis(raised.basis());
            }
            case Alert.Merged merged -> {
                said(ALERT_MERGED, merged);
                id(merged.alert());
                to.count(merged.count());
                basis(merged.basis());
            }
            case Alert.Escalated escalated -> {
                said(ALERT_ESCALATED, escalated);
                id(escalated.alert());
            }
            case Alert.Resolved resolved -> {
                said(ALERT_RESOLVED, resolved);
                id(resolved.alert());
                to.count(resolved.why().ordinal()).whole(resolved.raisedAtMillis());
            }
            case Alert.Suppressed suppressed -> {
                said(ALERT_SUPPRESSED, suppressed).text(suppressed.reason());
                basis(suppressed.basis());
            }
        }
    }

    private Writer said(int kind, Alert alert) {
        head(kind, alert.id()).text(alert.name()).text(alert.journeyKey()).whole(alert.atMillis());
        id(alert.cause());
        return to;
    }

    private static Alert alert(int kind, EffectId id, Reader from) {
        String name = from.text();
        String key = from.text();
        long at = from.whole();
        EffectId cause = id(from);
        return switch (kind) {
            case ALERT_RAISED -> new Alert.Raised(id, name, key, at, cause, from.text(), basis(from));
            case ALERT_MERGED -> new Alert.Merged(id, name, key, at, cause, id(from), from.size(), basis(from));
            case ALERT_ESCALATED -> new Alert.Escalated(id, name, key, at, cause, id(from));
            case ALERT_RESOLVED ->
                new Alert.Resolved(id, name, key, at, cause, id(from), Alert.Why.values()[from.size()], from.whole());
            default -> new Alert.Suppressed(id, name, key, at, cause, from.text(), basis(from));
        };
    }

    private void decision(Decision decision) {
        head(DECIDED, decision.id())
                .text(decision.policy())
                .text(decision.journeyKey())
                .whole(decision.atMillis());
        to.flag(decision.cause().isPresent());
        decision.cause().ifPresent(this::id);
        to.flag(decision.group() == Decision.Group.CONTROL)
                .flag(decision.isUniversal())
                .number(decision.draw())
                .text(decision.chosen())
                .text(decision.wouldChoose())
                .number(decision.propensity().value());
        money(decision.valueAtRisk());
        to.count(decision.candidates().size());
        for (Decision.Considered each : decision.candidates()) {
            to.text(each.action());
            money(each.expectedValue());
            to.text(each.rejection());
        }
        basis(decision.basis());
        to.flag(decision.isTooLate());
    }

    private static Decision decision(EffectId id, Reader from) {
        String policy = from.text();
        String key = from.text();
        long at = from.whole();
        Optional<EffectId> cause = from.flag() ? Optional.of(id(from)) : Optional.empty();
        Decision.Group group = group(from);
        boolean isUniversal = from.flag();
        double draw = from.number();
        String chosen = from.text();
        String wouldChoose = from.text();
        Probability propensity = new Probability(from.number());
        Optional<Money> valueAtRisk = money(from);
        List<Decision.Considered> candidates = new ArrayList<>();
        int size = from.size();
        for (int i = 0; i < size; i++) {
            candidates.add(new Decision.Considered(from.text(), money(from), from.text()));
        }
        return new Decision(
                id,
                policy,
                key,
                at,
                cause,
                group,
                isUniversal,
                draw,
                chosen,
                wouldChoose,
                propensity,
                valueAtRisk,
                candidates,
                basis(from),
                from.flag());
    }

    private void assignment(Assignment assignment) {
        head(ASSIGNED, assignment.id())
                .whole(assignment.atMillis())
                .flag(assignment.isControl())
                .text(assignment.identifier())
                .number(assignment.draw())
                .number(assignment.share().value())
                .flag(assignment.isCrossover());
    }

    private static Assignment assignment(EffectId id, Reader from) {
        return new Assignment(
                id, from.whole(), from.flag(), from.text(), from.number(), new Probability(from.number()), from.flag());
    }

    private Writer about(int kind, EffectId id, RequestRef request) {
        head(kind, id);
        about(request);
        return to;
    }

    private void about(RequestRef request) {
        id(request.id());
        to.text(request.action()).text(request.journeyKey());
    }

    private static RequestRef about(Reader from) {
        return new RequestRef(id(from), from.text(), from.text());
    }

    private Writer about(int kind, RequestChange change) {
        return about(kind, change.id(), change.request()).whole(change.atMillis());
    }

    private void change(RequestChange change) {
        switch (change) {
            case RequestChange.Deferred deferred ->
                about(REQUEST_DEFERRED, deferred)
                        .whole(deferred.untilMillis())
                        .text(deferred.rule().key())
                        .text(deferred.value());
            case RequestChange.Held held ->
                about(REQUEST_HELD, held).text(held.rule().key()).text(held.value());
            case RequestChange.Resumed resumed ->
                about(REQUEST_RESUMED, resumed).text(resumed.by());
            case RequestChange.Refused refused ->
                about(REQUEST_REFUSED, refused).text(refused.rule().key()).text(refused.value());
            case RequestChange.Outbid outbid -> {
                about(REQUEST_OUTBID, outbid);
                about(outbid.by());
            }
            case RequestChange.Withdrawn withdrawn ->
                about(REQUEST_WITHDRAWN, withdrawn)
                        .text(withdrawn.cause())
                        .text(withdrawn.was().key());
            case RequestChange.Expired expired -> about(REQUEST_EXPIRED, expired);
            case RequestChange.Moved moved ->
                about(REQUEST_MOVED, moved)
                        .text(moved.stage().key())
                        .text(moved.channel())
                        .text(moved.detail());
            case RequestChange.Stands stands ->
                about(REQUEST_STANDS, stands).text(stands.stage().key()).text(stands.detail());
        }
    }

    private static RequestChange change(int kind, EffectId id, Reader from) {
        RequestRef request = about(from);
        long at = from.whole();
        return switch (kind) {
            case REQUEST_DEFERRED ->
                new RequestChange.Deferred(id, request, at, from.whole(), GateRule.of(from.text()), from.text());
            case REQUEST_HELD -> new RequestChange.Held(id, request, at, GateRule.of(from.text()), from.text());
            case REQUEST_RESUMED -> new RequestChange.Resumed(id, request, at, from.text());
            case REQUEST_REFUSED -> new RequestChange.Refused(id, request, at, GateRule.of(from.text()), from.text());
            case REQUEST_OUTBID -> new RequestChange.Outbid(id, request, at, about(from));
            case REQUEST_WITHDRAWN ->
                new RequestChange.Withdrawn(id, request, at, from.text(), RequestStage.of(from.text()));
            case REQUEST_EXPIRED -> new RequestChange.Expired(id, request, at);
            case REQUEST_MOVED ->
                new RequestChange.Moved(id, request, at, RequestStage.of(from.text()), from.text(), from.text());
            default -> new RequestChange.Stands(id, request, at, RequestStage.of(from.text()), from.text());
        };
    }

    private void outcome(Outcome outcome) {
        head(OUTCOME, outcome.id()).text(outcome.name());
        id(outcome.decision());
        to.text(outcome.policy())
                .text(outcome.journeyKey())
                .flag(outcome.group() == Decision.Group.CONTROL)
                .flag(outcome.success())
                .whole(outcome.atMillis())
                .whole(outcome.decidedAtMillis());
    }

    private static Outcome outcome(EffectId id, Reader from) {
        return new Outcome(
                id,
                from.text(),
                id(from),
                from.text(),
                from.text(),
                group(from),
                from.flag(),
                from.whole(),
                from.whole());
    }

    private void message(Effect.SendMessage send) {
        int kind = switch (send.message()) {
            case Message.Count count -> MESSAGE_COUNT;
            case Message.Notice notice -> notice.member().isEmpty() ? MESSAGE_NOTICE : MESSAGE_NOTICE_TO_NAME;
            case Message.Dependence dependence -> MESSAGE_DEPENDENCE;
            case Message.Use use -> MESSAGE_USE;
            case Message.WorkloadReport report -> MESSAGE_WORKLOAD;
            case Message.Question question -> MESSAGE_QUESTION;
            case Message.Answer answer -> MESSAGE_ANSWER;
            case Message.Claim claim -> MESSAGE_CLAIM;
            case Message.Grant grant -> MESSAGE_GRANT;
        };
        head(kind, send.id())
                .whole(send.atMillis())
                .text(send.to().kind())
                .text(send.to().key())
                .text(send.message().about());
        switch (send.message()) {
            case Message.Count count ->
                to.whole(count.bucketMillis())
                        .count(count.tried())
                        .count(count.hit())
                        .text(count.member());
            case Message.Notice notice -> {
                to.text(notice.value()).whole(notice.atMillis()).flag(notice.off());
                if (!notice.member().isEmpty()) {
                    to.text(notice.member());
                }
            }
            case Message.Dependence dependence ->
                to.whole(dependence.atMillis()).text(dependence.member()).flag(dependence.isActive());
            case Message.Use use -> to.whole(use.bucketMillis()).text(use.member());
            case Message.WorkloadReport report ->
                to.text(report.value()).count(report.uses()).number(report.usual());
            case Message.Claim claim ->
                to.text(claim.claim()).count(claim.amount()).whole(claim.atMillis());
            case Message.Grant grant ->
                to.text(grant.claim()).flag(grant.isGranted()).whole(grant.untilMillis());
            case Message.Question question -> {
                to.text(question.model()).number(question.explainFrom());
                row(question.row());
            }
            case Message.Answer answer -> {
                to.text(answer.model());
                id(answer.question());
                to.number(answer.probability());
                row(answer.row());
                to.number(answer.base()).count(answer.moved().size());
                answer.moved().forEach(to::number);
            }
        }
    }

    private static Effect.SendMessage message(int kind, EffectId id, Reader from) {
        long at = from.whole();
        SubjectId receiver = new SubjectId(from.text(), from.text());
        String about = from.text();
        Message message = switch (kind) {
            case MESSAGE_COUNT -> new Message.Count(about, from.whole(), from.size(), from.size(), from.text());
            case MESSAGE_NOTICE -> new Message.Notice(about, from.text(), from.whole(), from.flag(), "");
            case MESSAGE_NOTICE_TO_NAME ->
                new Message.Notice(about, from.text(), from.whole(), from.flag(), from.text());
            case MESSAGE_DEPENDENCE -> new Message.Dependence(about, from.whole(), from.text(), from.flag());
            case MESSAGE_USE -> new Message.Use(about, from.whole(), from.text());
            case MESSAGE_WORKLOAD -> new Message.WorkloadReport(about, from.text(), from.size(), from.number());
            case MESSAGE_CLAIM -> new Message.Claim(about, from.text(), from.count(), from.whole());
            case MESSAGE_GRANT -> new Message.Grant(about, from.text(), from.flag(), from.whole());
            case MESSAGE_QUESTION -> question(about, from);
            default -> answer(about, from);
        };
        return new Effect.SendMessage(id, at, receiver, message);
    }

    private void row(List<Float> row) {
        to.count(row.size());
        row.forEach(to::decimal);
    }

    private static List<Float> row(Reader from) {
        List<Float> row = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            row.add(from.decimal());
        }
        return row;
    }

    private static Message.Question question(String prediction, Reader from) {
        String model = from.text();
        double explainFrom = from.number();
        return new Message.Question(prediction, model, row(from), explainFrom);
    }

    private static Message.Answer answer(String prediction, Reader from) {
        String model = from.text();
        EffectId question = id(from);
        double probability = from.number();
        List<Float> row = row(from);
        double base = from.number();
        List<Double> moved = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            moved.add(from.number());
        }
        return new Message.Answer(prediction, model, question, probability, row, base, moved);
    }

    private static Decision.Group group(Reader from) {
        return from.flag() ? Decision.Group.CONTROL : Decision.Group.TREATMENT;
    }

    private void money(Optional<Money> money) {
        to.flag(money.isPresent());
        money.ifPresent(
                amount -> to.whole(amount.minor()).text(amount.currency().getCurrencyCode()));
    }

    private void money(Money money) {
        money(Optional.of(money));
    }

    private static Optional<Money> money(Reader from) {
        return from.flag() ? Optional.of(new Money(from.whole(), Currency.getInstance(from.text()))) : Optional.empty();
    }
}
