package dev.forestall.testkit;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Report.Failure;
import dev.forestall.loop.report.Report.Head;
import dev.forestall.loop.report.Report.KillSwitch;
import dev.forestall.loop.report.Reported;
import java.util.Optional;

/** Reports of every kind, by chance. */
public final class RandomReports {

    /** How many kinds of reports there are. */
    public static final int KINDS = 30;

    private final Dice dice;

    public RandomReports(Dice dice) {
        this.dice = dice;
    }

    public Report next() {
        return next(dice.between(1, KINDS));
    }

    /** @param kind which, from 1 to {@link #KINDS} */
    public Report next(int kind) {
        Head head = new Head(text(), dice.between(-1_000, 1_000) * 1_000_003L, "by " + text());
        return switch (kind) {
            case 1 -> new Report.Due(head, request());
            case 2 -> new Report.Sent(head, request(), text(), text());
            case 3 -> new Report.Delivered(head, request(), text());
            case 4 -> new Report.Failed(head, request(), dice.oneOf(Failure.values()), text(), text());
            case 5 -> new Report.Uncertain(head, request(), text(), text());
            case 6 -> new Report.NotSent(head, request(), text());
            case 7 -> new Report.Approved(head, request());
            case 8 -> new Report.Withdrawn(head, request(), text());
            case 9 -> new Report.Opened(head, request());
            case 10 -> new Report.Clicked(head, request(), text(), dice.percent(50));
            case 11 -> new Report.Replied(head, request());
            case 12 -> new Report.Unsubscribed(head, request());
            case 13 -> new Report.Complained(head, request());
            case 14 -> new Report.CaseClaimed(head, request());
            case 15 -> new Report.CaseDone(head, request(), text(), dice.between(0, 9_999));
            case 16 -> new Report.Served(head, id(), text(), text());
            case 17 -> new Report.NotServed(head, id(), text(), text());
            case 18 -> new Report.Overruled(head, id(), text(), text(), text());
            case 19 -> new Report.AlertAcknowledged(head, id(), text());
            case 20 -> new Report.AlertAssigned(head, id(), text(), text());
            case 21 -> new Report.AlertSnoozed(head, id(), text(), dice.between(-9_999, 9_999));
            case 22 -> new Report.AlertResolved(head, id(), text(), text());
            case 23 -> new Report.AlertReopened(head, id(), text(), text());
            case 24 -> requested(head);
            case 25 -> consented(head);
            case 26 -> new Report.Preferred(head, customer(), text(), text());
            case 27 -> new Report.ZoneKnown(head, customer(), text());
            case 28 -> new Report.LanguageKnown(head, customer(), text());
            case 29 -> new KillSwitch(head, dice.oneOf(KillSwitch.Scope.values()), text(), dice.percent(50), text());
            case 30 ->
                new Report.Asked(head, customer(), "is " + text(), "is " + text(), "is " + text(), dice.percent(50));
            default -> throw new IllegalArgumentException("there is no kind " + kind);
        };
    }

    private Report requested(Head head) {
        return new Report.Requested(
                head, customer(), text(), text(), text(), dice.percent(50) ? Optional.of(id()) : Optional.empty());
    }

    private Report consented(Head head) {
        boolean isGiven = dice.percent(50);
        long until = isGiven && dice.percent(50) ? dice.between(0, 9_999) : Report.NO_END;
        return new Report.Consented(head, customer(), isGiven, text(), text(), until, dice.percent(50));
    }

    private Reported request() {
        return new Reported(
                id(),
                text(),
                text(),
                text(),
                text(),
                text(),
                dice.between(-1_000, 1_000) * 1_000_003L,
                dice.percent(50));
    }

    private EffectId id() {
        return new EffectId(customer(), dice.between(0, 1_000_000), dice.between(0, 300));
    }

    private SubjectId customer() {
        return SubjectId.customer("c-" + dice.between(1, 9));
    }

    private String text() {
        return dice.oneOf("", "a", "grüße", "two words", "0");
    }
}
