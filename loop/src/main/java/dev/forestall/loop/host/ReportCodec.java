package dev.forestall.loop.host;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.loop.report.Report.KillSwitch;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Optional;

/** Writes reports and reads them back: for the log. */
public final class ReportCodec {

    private static final int DUE = 1;
    private static final int SENT = 2;
    private static final int DELIVERED = 3;
    private static final int FAILED = 4;
    private static final int UNCERTAIN = 5;
    private static final int NOT_SENT = 6;
    private static final int APPROVED = 7;
    private static final int WITHDRAWN = 8;
    private static final int OPENED = 9;
    private static final int CLICKED = 10;
    private static final int REPLIED = 11;
    private static final int UNSUBSCRIBED = 12;
    private static final int COMPLAINED = 13;
    private static final int CASE_CLAIMED = 14;
    private static final int CASE_DONE = 15;
    private static final int SERVED = 16;
    private static final int NOT_SERVED = 17;
    private static final int OVERRULED = 18;
    private static final int ALERT_ACKNOWLEDGED = 19;
    private static final int ALERT_ASSIGNED = 20;
    private static final int ALERT_SNOOZED = 21;
    private static final int ALERT_RESOLVED = 22;
    private static final int ALERT_REOPENED = 23;
    private static final int REQUESTED = 24;
    private static final int CONSENTED = 25;
    private static final int PREFERRED = 26;
    private static final int ZONE_KNOWN = 27;
    private static final int LANGUAGE_KNOWN = 28;
    private static final int KILL_SWITCH = 29;
    private static final int ASKED = 30;

    private ReportCodec() {}

    public static void write(Report report, Writer to) {
        switch (report) {
            case Report.OfRequest about -> ofRequest(about, to);
            case Report.OfDecision about -> ofDecision(about, to);
            case Report.OfAlert about -> ofAlert(about, to);
            case Report.OfCustomer about -> ofCustomer(about, to);
            case KillSwitch stop ->
                head(KILL_SWITCH, stop, to)
                        .count(stop.scope().ordinal())
                        .text(stop.name())
                        .flag(stop.isStopped())
                        .text(stop.reason());
        }
    }

    private static Writer head(int kind, Report report, Writer to) {
        return to.count(kind)
                .text(report.head().id())
                .whole(report.head().atMillis())
                .text(report.head().by());
    }

    private static void id(EffectId id, Writer to) {
        subject(id.subject(), to);
        to.count(id.position()).count(id.index());
    }

    private static void subject(SubjectId subject, Writer to) {
        to.text(subject.kind()).text(subject.key());
    }

    private static void ofRequest(Report.OfRequest report, Writer to) {
        switch (report) {
            case Report.Due due -> request(DUE, due, to);
            case Report.Sent sent ->
                request(SENT, sent, to).text(sent.provider()).text(sent.providerId());
            case Report.Delivered delivered -> request(DELIVERED, delivered, to).text(delivered.provider());
            case Report.Failed failed ->
                request(FAILED, failed, to)
                        .count(failed.failure().ordinal())
                        .text(failed.provider())
                        .text(failed.reason());
            case Report.Uncertain uncertain ->
                request(UNCERTAIN, uncertain, to).text(uncertain.provider()).text(uncertain.reason());
            case Report.NotSent not -> request(NOT_SENT, not, to).text(not.reason());
            case Report.Approved approved -> request(APPROVED, approved, to);
            case Report.Withdrawn withdrawn -> request(WITHDRAWN, withdrawn, to).text(withdrawn.reason());
            case Report.Opened opened -> request(OPENED, opened, to);
            case Report.Clicked clicked ->
                request(CLICKED, clicked, to).text(clicked.link()).flag(clicked.isAutomated());
            case Report.Replied replied -> request(REPLIED, replied, to);
            case Report.Unsubscribed unsubscribed -> request(UNSUBSCRIBED, unsubscribed, to);
            case Report.Complained complained -> request(COMPLAINED, complained, to);
            case Report.CaseClaimed claimed -> request(CASE_CLAIMED, claimed, to);
            case Report.CaseDone done ->
                request(CASE_DONE, done, to).text(done.result()).count(done.handledMillis());
        }
    }

    private static Writer request(int kind, Report.OfRequest report, Writer to) {
        head(kind, report, to);
        Reported request = report.request();
        id(request.id(), to);
        return to.text(request.action())
                .text(request.channel())
                .text(request.purpose())
                .text(request.policy())
                .text(request.journeyKey())
                .whole(request.expiresMillis())
                .flag(request.isLive());
    }

    private static void ofDecision(Report.OfDecision report, Writer to) {
        switch (report) {
            case Report.Served served -> decision(SERVED, served, to).text(served.action());
            case Report.NotServed not -> decision(NOT_SERVED, not, to).text(not.reason());
            case Report.Overruled overruled ->
                decision(OVERRULED, overruled, to).text(overruled.action()).text(overruled.reason());
        }
    }

    private static Writer decision(int kind, Report.OfDecision report, Writer to) {
        head(kind, report, to);
        id(report.decision(), to);
        return to.text(report.policy());
    }

    private static void ofAlert(Report.OfAlert report, Writer to) {
        switch (report) {
            case Report.AlertAcknowledged acknowledged -> alert(ALERT_ACKNOWLEDGED, acknowledged, to);
            case Report.AlertAssigned assigned ->
                alert(ALERT_ASSIGNED, assigned, to).text(assigned.assignee());
            case Report.AlertSnoozed snoozed ->
                alert(ALERT_SNOOZED, snoozed, to).whole(snoozed.untilMillis());
            case Report.AlertResolved resolved ->
                alert(ALERT_RESOLVED, resolved, to).text(resolved.reason());
            case Report.AlertReopened reopened ->
                alert(ALERT_REOPENED, reopened, to).text(reopened.reason());
        }
    }

    private static Writer alert(int kind, Report.OfAlert report, Writer to) {
        head(kind, report, to);
        id(report.alert(), to);
        return to.text(report.name());
    }

    private static void ofCustomer(Report.OfCustomer report, Writer to) {
        switch (report) {
            case Report.Requested requested -> {
                customer(REQUESTED, requested, to)
                        .text(requested.action())
                        .text(requested.journeyKey())
                        .text(requested.reason())
                        .flag(requested.repeats().isPresent());
                requested.repeats().ifPresent(earlier -> id(earlier, to));
            }
            case Report.Asked asked ->
                customer(ASKED, asked, to)
                        .text(asked.identifier())
                        .text(asked.value())
                        .text(asked.policy())
                        .flag(asked.isOffer());
            case Report.Consented consented ->
                customer(CONSENTED, consented, to)
                        .flag(consented.isGiven())
                        .text(consented.purpose())
                        .text(consented.channel())
                        .whole(consented.untilMillis())
                        .flag(consented.isTimeKnown());
            case Report.Preferred preferred ->
                customer(PREFERRED, preferred, to).text(preferred.purpose()).text(preferred.channel());
            case Report.ZoneKnown known -> customer(ZONE_KNOWN, known, to).text(known.zone());
            case Report.LanguageKnown known ->
                customer(LANGUAGE_KNOWN, known, to).text(known.language());
        }
    }

    private static Writer customer(int kind, Report.OfCustomer report, Writer to) {
        head(kind, report, to);
        subject(report.customer(), to);
        return to;
    }

    /** Reads what {@link #write} wrote. */
    public static Report read(Reader from) {
        int kind = from.size();
        Head head = new Head(from.text(), from.whole(), from.text());
        return switch (kind) {
            case DUE -> new Report.Due(head, request(from));
            case SENT -> new Report.Sent(head, request(from), from.text(), from.text());
            case DELIVERED -> new Report.Delivered(head, request(from), from.text());
            case FAILED ->
                new Report.Failed(head, request(from), Failure.values()[from.size()], from.text(), from.text());
            case UNCERTAIN -> new Report.Uncertain(head, request(from), from.text(), from.text());
            case NOT_SENT -> new Report.NotSent(head, request(from), from.text());
            case APPROVED -> new Report.Approved(head, request(from));
            case WITHDRAWN -> new Report.Withdrawn(head, request(from), from.text());
            case OPENED -> new Report.Opened(head, request(from));
            case CLICKED -> new Report.Clicked(head, request(from), from.text(), from.flag());
            case REPLIED -> new Report.Replied(head, request(from));
            case UNSUBSCRIBED -> new Report.Unsubscribed(head, request(from));
            case COMPLAINED -> new Report.Complained(head, request(from));
            case CASE_CLAIMED -> new Report.CaseClaimed(head, request(from));
            case CASE_DONE -> new Report.CaseDone(head, request(from), from.text(), from.count());
            case SERVED -> new Report.Served(head, id(from), from.text(), from.text());
            case NOT_SERVED -> new Report.NotServed(head, id(from), from.text(), from.text());
            case OVERRULED -> new Report.Overruled(head, id(from), from.text(), from.text(), from.text());
            case ALERT_ACKNOWLEDGED -> new Report.AlertAcknowledged(head, id(from), from.text());
            case ALERT_ASSIGNED -> new Report.AlertAssigned(head, id(from), from.text(), from.text());
            case ALERT_SNOOZED -> new Report.AlertSnoozed(head, id(from), from.text(), from.whole());
            case ALERT_RESOLVED -> new Report.AlertResolved(head, id(from), from.text(), from.text());
            case ALERT_REOPENED -> new Report.AlertReopened(head, id(from), from.text(), from.text());
            case REQUESTED ->
                new Report.Requested(
                        head,
                        subject(from),
                        from.text(),
                        from.text(),
                        from.text(),
                        from.flag() ? Optional.of(id(from)) : Optional.empty());
            case ASKED -> new Report.Asked(head, subject(from), from.text(), from.text(), from.text(), from.flag());
            case CONSENTED ->
                new Report.Consented(
                        head, subject(from), from.flag(), from.text(), from.text(), from.whole(), from.flag());
            case PREFERRED -> new Report.Preferred(head, subject(from), from.text(), from.text());
            case ZONE_KNOWN -> new Report.ZoneKnown(head, subject(from), from.text());
            case LANGUAGE_KNOWN -> new Report.LanguageKnown(head, subject(from), from.text());
            case KILL_SWITCH ->
                new KillSwitch(head, KillSwitch.Scope.values()[from.size()], from.text(), from.flag(), from.text());
            default -> throw new IllegalStateException("a report of an unknown kind " + kind);
        };
    }

    private static EffectId id(Reader from) {
        return new EffectId(subject(from), from.count(), from.size());
    }

    private static SubjectId subject(Reader from) {
        return new SubjectId(from.text(), from.text());
    }

    private static Reported request(Reader from) {
        return new Reported(
                id(from), from.text(), from.text(), from.text(), from.text(), from.text(), from.whole(), from.flag());
    }
}
