package dev.forestall.loop.report;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The built-in event types: as what packs see reports, without declaring them. A tracking plan holds those that its pack uses, behind the
 * declared ones; a report of any other type is nothing that happens to the stages. Immutable.
 */
public final class ReportEvents {

    /** What all reports about a request say. */
    private static final List<String> REQUEST = List.of("action", "channel", "purpose", "policy", "by");

    /** One built-in type. */
    private enum Type {
        MESSAGE_SENT(REQUEST, "provider"),
        MESSAGE_DELIVERED(REQUEST, "provider"),
        MESSAGE_FAILED(REQUEST, "provider", "reason"),
        MESSAGE_BOUNCED(REQUEST, "provider", "reason", "hard"),
        MESSAGE_UNCERTAIN(REQUEST, "provider", "reason"),
        MESSAGE_NOT_SENT(REQUEST, "reason"),
        MESSAGE_OPENED(REQUEST),
        MESSAGE_CLICKED(REQUEST, "link", "automated"),
        MESSAGE_REPLIED(REQUEST),
        MESSAGE_UNSUBSCRIBED(REQUEST),
        MESSAGE_COMPLAINED(REQUEST),
        REQUEST_APPROVED(REQUEST),
        REQUEST_WITHDRAWN(REQUEST, "reason"),
        CASE_CLAIMED(REQUEST),
        CASE_DONE(REQUEST, "result", "handled"),
        DECISION_SERVED(List.of("policy", "by"), "action"),
        DECISION_NOT_SERVED(List.of("policy", "by"), "reason"),
        DECISION_OVERRULED(List.of("policy", "by"), "action", "reason"),
        ALERT_ACKNOWLEDGED(List.of("alert", "by")),
        ALERT_ASSIGNED(List.of("alert", "by"), "assignee"),
        ALERT_SNOOZED(List.of("alert", "by"), "until"),
        ALERT_RESOLVED(List.of("alert", "by"), "reason"),
        ALERT_REOPENED(List.of("alert", "by"), "reason"),
        ACTION_REQUESTED(List.of("action", "by"), "reason"),
        CONSENT_REPORTED(List.of("purpose", "channel", "by"), "given", "until"),
        PREFERENCE_REPORTED(List.of("purpose", "channel", "by")),
        ZONE_REPORTED(List.of("zone", "by")),
        LANGUAGE_REPORTED(List.of("language", "by"));

        private final String event;
        private final List<String> properties;

        Type(List<String> common, String... own) {
            this.event = name().toLowerCase(Locale.ROOT);
            this.properties = Stream.concat(common.stream(), Stream.of(own)).toList();
        }

        /** Whether the customer did it themselves; all else is done to them. */
        boolean isByCustomer() {
            return switch (this) {
                case MESSAGE_CLICKED, MESSAGE_REPLIED, MESSAGE_UNSUBSCRIBED, MESSAGE_COMPLAINED -> true;
                default -> false;
            };
        }

        static Optional<Type> of(String event) {
            return Stream.of(values()).filter(each -> each.event.equals(event)).findFirst();
        }
    }

    private final TrackingPlan plan;

    public ReportEvents(TrackingPlan plan) {
        this.plan = plan;
    }

    /** The names of all built-in types: no pack may declare one of them. */
    public static List<String> names() {
        return Stream.of(Type.values()).map(each -> each.event).toList();
    }

    /** Whether a name is that of a built-in type. */
    public static boolean isBuiltIn(String name) {
        return Type.of(name).isPresent();
    }

    /** Whether the customer is silent as long as only this happens: it is done to them, not by them. */
    public static boolean isSilent(String name) {
        return Type.of(name).filter(each -> !each.isByCustomer()).isPresent();
    }

    /**
     * A built-in type.
     *
     * @param index its place in the tracking plan
     * @throws IllegalArgumentException when there is no such type
     */
    public static EventType type(String name, int index) {
        Type type = Type.of(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no built-in event '" + name + "'; there are " + names()));
        List<Property> properties = new ArrayList<>();
        for (String each : type.properties) {
            properties.add(new Property(each, typeOf(each), properties.size(), false, false, ""));
        }
        return new EventType(name, index, properties);
    }

    private static PropertyType typeOf(String property) {
        return switch (property) {
            case "hard", "automated", "given" -> PropertyType.BOOLEAN;
            case "until" -> PropertyType.TIME;
            case "handled" -> PropertyType.DURATION;
            default -> PropertyType.STRING;
        };
    }

    /** The event that a report is to the stages; nothing when the tracking plan does not hold its type. */
    public Optional<Event> of(Report report) {
        return switch (report) {
            case Report.Due due -> Optional.empty();
            case Report.KillSwitch stop -> Optional.empty();
            case Report.OfRequest about -> ofRequest(about);
            case Report.OfDecision about -> ofDecision(about);
            case Report.OfAlert about -> ofAlert(about);
            case Report.OfCustomer about -> ofCustomer(about);
        };
    }

    private Optional<Event> ofRequest(Report.OfRequest report) {
        return switch (report) {
            case Report.Due due -> Optional.empty();
            case Report.Sent sent ->
                request(Type.MESSAGE_SENT, sent)
                        .text("provider", sent.provider())
                        .event();
            case Report.Delivered delivered ->
                request(Type.MESSAGE_DELIVERED, delivered)
                        .text("provider", delivered.provider())
                        .event();
            case Report.Failed failed -> failed(failed);
            case Report.Uncertain uncertain ->
                request(Type.MESSAGE_UNCERTAIN, uncertain)
                        .text("provider", uncertain.provider())
                        .text("reason", uncertain.reason())
                        .event();
            case Report.NotSent not ->
                request(Type.MESSAGE_NOT_SENT, not).text("reason", not.reason()).event();
            case Report.Opened opened -> request(Type.MESSAGE_OPENED, opened).event();
            case Report.Clicked clicked ->
                request(Type.MESSAGE_CLICKED, clicked)
                        .text("link", clicked.link())
                        .flag("automated", clicked.isAutomated())
                        .event();
            case Report.Replied replied ->
                request(Type.MESSAGE_REPLIED, replied).event();
            case Report.Unsubscribed unsubscribed ->
                request(Type.MESSAGE_UNSUBSCRIBED, unsubscribed).event();
            case Report.Complained complained ->
                request(Type.MESSAGE_COMPLAINED, complained).event();
            case Report.Approved approved ->
                request(Type.REQUEST_APPROVED, approved).event();
            case Report.Withdrawn withdrawn ->
                request(Type.REQUEST_WITHDRAWN, withdrawn)
                        .text("reason", withdrawn.reason())
                        .event();
            case Report.CaseClaimed claimed ->
                request(Type.CASE_CLAIMED, claimed).event();
            case Report.CaseDone done ->
                request(Type.CASE_DONE, done)
                        .text("result", done.result())
                        .whole("handled", done.handledMillis())
                        .event();
        };
    }

    private Optional<Event> failed(Report.Failed failed) {
        Filling filling = request(failed.failure().isBounce() ? Type.MESSAGE_BOUNCED : Type.MESSAGE_FAILED, failed)
                .text("provider", failed.provider())
                .text("reason", failed.reason());
        return failed.failure().isBounce()
                ? filling.flag("hard", failed.failure() == Report.Failure.HARD_BOUNCE)
                        .event()
                : filling.event();
    }

    private Filling request(Type type, Report.OfRequest report) {
        Reported request = report.request();
        return filling(type, report)
                .text("action", request.action())
                .text("channel", request.channel())
                .text("purpose", request.purpose())
                .text("policy", request.policy());
    }

    private Optional<Event> ofDecision(Report.OfDecision report) {
        return switch (report) {
            case Report.Served served ->
                decision(Type.DECISION_SERVED, served)
                        .text("action", served.action())
                        .event();
            case Report.NotServed not ->
                decision(Type.DECISION_NOT_SERVED, not)
                        .text("reason", not.reason())
                        .event();
            case Report.Overruled overruled ->
                decision(Type.DECISION_OVERRULED, overruled)
                        .text("action", overruled.action())
                        .text("reason", overruled.reason())
                        .event();
        };
    }

    private Filling decision(Type type, Report.OfDecision report) {
        return filling(type, report).text("policy", report.policy());
    }

    private Optional<Event> ofAlert(Report.OfAlert report) {
        return switch (report) {
            case Report.AlertAcknowledged acknowledged ->
                alert(Type.ALERT_ACKNOWLEDGED, acknowledged).event();
            case Report.AlertAssigned assigned ->
                alert(Type.ALERT_ASSIGNED, assigned)
                        .text("assignee", assigned.assignee())
                        .event();
            case Report.AlertSnoozed snoozed ->
                alert(Type.ALERT_SNOOZED, snoozed)
                        .whole("until", snoozed.untilMillis())
                        .event();
            case Report.AlertResolved resolved ->
                alert(Type.ALERT_RESOLVED, resolved)
                        .text("reason", resolved.reason())
                        .event();
            case Report.AlertReopened reopened ->
                alert(Type.ALERT_REOPENED, reopened)
                        .text("reason", reopened.reason())
                        .event();
        };
    }

    private Filling alert(Type type, Report.OfAlert report) {
        return filling(type, report).text("alert", report.name());
    }

    private Optional<Event> ofCustomer(Report.OfCustomer report) {
        return switch (report) {
            // What follows from a question is the decision, not the question.
            case Report.Asked asked -> Optional.empty();
            case Report.Requested requested ->
                filling(Type.ACTION_REQUESTED, requested)
                        .text("action", requested.action())
                        .text("reason", requested.reason())
                        .event();
            case Report.Consented consented -> consented(consented);
            case Report.Preferred preferred ->
                filling(Type.PREFERENCE_REPORTED, preferred)
                        .text("purpose", preferred.purpose())
                        .text("channel", preferred.channel())
                        .event();
            case Report.ZoneKnown known ->
                filling(Type.ZONE_REPORTED, known).text("zone", known.zone()).event();
            case Report.LanguageKnown known ->
                filling(Type.LANGUAGE_REPORTED, known)
                        .text("language", known.language())
                        .event();
        };
    }

    private Optional<Event> consented(Report.Consented consented) {
        Filling filling = filling(Type.CONSENT_REPORTED, consented)
                .text("purpose", consented.purpose())
                .text("channel", consented.channel())
                .flag("given", consented.isGiven());
        return consented.untilMillis() == Report.NO_END
                ? filling.event()
                : filling.whole("until", consented.untilMillis()).event();
    }

    private Filling filling(Type type, Report report) {
        return new Filling(
                        plan.type(type.event)
                                .map(known ->
                                        Event.of(plan, known, report.head().id(), report.atMillis())),
                        type)
                .text("by", report.head().by());
    }

    /** An event in the making; nothing when the plan has no such type. What is empty is not said. */
    private record Filling(Optional<Event.Builder> into, Type type) {

        Filling text(String property, String value) {
            if (!value.isEmpty()) {
                into.ifPresent(builder -> builder.text(slot(property), value));
            }
            return this;
        }

        Filling whole(String property, long value) {
            into.ifPresent(builder -> builder.whole(slot(property), value));
            return this;
        }

        Filling flag(String property, boolean value) {
            return whole(property, value ? 1 : 0);
        }

        Optional<Event> event() {
            return into.map(Event.Builder::build);
        }

        private int slot(String property) {
            int slot = type.properties.indexOf(property);
            if (slot < 0) {
                throw new IllegalStateException("the built-in event " + type.event + " has no property " + property);
            }
            return slot;
        }
    }
}
