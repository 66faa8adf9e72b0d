package dev.forestall.testkit.stories;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.gate.GateRule;
import dev.forestall.loop.journey.Transition.Kind;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.signal.Finding;
import dev.forestall.testkit.Permits;
import dev.forestall.testkit.stories.SmallWorld.Teller;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Eight customers of the small world and one branch: the fixed stream of effects behind the golden files. */
public final class SmallStories {

    private SmallStories() {}

    public static List<Effect> effects() {
        Teller teller = new Teller();
        // c1 reaches the goal without trouble; c2 and c3 stall and are lost; c4 stalls and is saved; c5 is lost without
        // a signal.
        smooth(teller, "c1", Kind.REACHED_GOAL);
        EffectId alert = stalls(teller, "c2", Kind.FAILED, true);
        stalls(teller, "c3", Kind.FAILED, false);
        stalls(teller, "c4", Kind.REACHED_GOAL, true);
        smooth(teller, "c5", Kind.ABANDONED);
        smooth(teller, "c6", Kind.CLOSED);
        goesBack(teller, "c7");
        chases(teller, "c8", alert);
        EffectId crowd = teller.input()
                .raise(
                        SubjectId.cohort("branch_crowd", "b9"),
                        "branch_crowd",
                        "",
                        21,
                        new Finding(0.6, 0.5, Finding.Measure.SHARE, new long[] {70}));
        teller.input().end(crowd, "branch_crowd", "", 21, 24);
        List<Effect> all = new ArrayList<>(teller.effects());
        all.addAll(risks());
        all.addAll(requests());
        return all;
    }

    /** What can become of requests, one thing after the other. */
    private static List<Effect> requests() {
        SubjectId customer = SubjectId.customer("c10");
        RequestRef call = new RequestRef(new EffectId(customer, 100_010, 1), "call_back", "a1");
        RequestRef nudge = new RequestRef(new EffectId(customer, 100_011, 1), "nudge", "");
        long at = 1_700_000_000_000L;
        return List.of(
                changed(new RequestChange.Held(next(customer, 0), call, at, GateRule.PERSON, "credit")),
                changed(new RequestChange.Resumed(next(customer, 1), call, at + 1, "user:u-7")),
                changed(new RequestChange.Deferred(
                        next(customer, 2),
                        call,
                        at + 2,
                        at + SmallWorld.DAY,
                        GateRule.QUIET,
                        "21:00-08:00 Europe/Berlin")),
                new Effect.Permitted(Permits.permit(next(customer, 3), call, "voice", at + SmallWorld.DAY, 1)),
                changed(new RequestChange.Stands(
                        next(customer, 4),
                        call,
                        at + SmallWorld.DAY + 1,
                        RequestStage.PERMITTED,
                        "valid until 2023-11-15T22:14:20Z")),
                changed(new RequestChange.Moved(
                        next(customer, 5), call, at + SmallWorld.DAY + 2, RequestStage.SENT, "voice", "dialer")),
                changed(new RequestChange.Withdrawn(
                        next(customer, 6), call, at + 2 * SmallWorld.DAY, "signal.chasing ended", RequestStage.SENT)),
                changed(new RequestChange.Outbid(next(customer, 7), nudge, at + 3, call)),
                changed(new RequestChange.Refused(
                        next(customer, 8), nudge, at + 4, GateRule.CAP, "email at most 1 in 14 days")),
                changed(new RequestChange.Expired(next(customer, 9), nudge, at + 5)));
    }

    private static EffectId next(SubjectId customer, int number) {
        return new EffectId(customer, 100_020 + number, 0);
    }

    private static Effect changed(RequestChange change) {
        return new Effect.RequestChanged(change);
    }

    /** c9 becomes likely to leave, and less so again. */
    private static List<Effect> risks() {
        SubjectId customer = SubjectId.customer("c9");
        EffectId rose = new EffectId(customer, 100_000, 0);
        long day = SmallWorld.DAY;
        long start = 1_700_000_000_000L;
        return List.of(
                new Effect.RiskChanged(new Risk(
                        rose,
                        "leaves",
                        "00aa11bb22cc",
                        Risk.Change.ROSE,
                        start,
                        new Probability(0.62),
                        new Probability(0.5),
                        "risk.leaves > 0.5",
                        Optional.empty(),
                        rose,
                        start)),
                new Effect.Explained(new Explanation(
                        new EffectId(customer, 100_000, 1),
                        "leaves",
                        "00aa11bb22cc",
                        rose,
                        start,
                        new Probability(0.62),
                        new Probability(0.2),
                        List.of(
                                new Reason("event call", "count(call)", 4, 0, 1, 1.25),
                                new Reason("event visit", "since(visit)", Double.NaN, 0.5, 12, -0.25)),
                        0.5,
                        List.of(new Outside("branch_crowd", 0.25)))),
                new Effect.RiskChanged(new Risk(
                        new EffectId(customer, 100_004, 0),
                        "leaves",
                        "00aa11bb22cc",
                        Risk.Change.FELL,
                        start + 2 * day,
                        new Probability(0.31),
                        new Probability(0.5),
                        "risk.leaves > 0.5",
                        Optional.of(new Money(1_250, Currency.getInstance("EUR"))),
                        rose,
                        start)));
    }

    private static void smooth(Teller teller, String customer, Kind end) {
        teller.input().pass(customer, Kind.STARTED, "", "", 0, 0, 0);
        teller.input().pass(customer, Kind.MOVED, "", "offer", 0, 1, 1);
        teller.input().pass(customer, Kind.MOVED, "offer", "check", 0, 3, 2);
        teller.input().pass(customer, end, "check", "", 0, 7, 4);
    }

    private static EffectId stalls(Teller teller, String customer, Kind end, boolean treatment) {
        teller.input().pass(customer, Kind.STARTED, "", "", 0, 0, 0);
        teller.input().pass(customer, Kind.MOVED, "", "offer", 0, 2, 2);
        EffectId stall = teller.input()
                .raise(
                        SubjectId.customer(customer),
                        "offer_stall",
                        "a1",
                        7,
                        new Finding(5 * SmallWorld.DAY, 5 * SmallWorld.DAY, Finding.Measure.DURATION, new long[] {6}));
        EffectId alert = teller.alert(stall, 7);
        EffectId decision = teller.decide(stall, "a1", 7, treatment);
        teller.input().page(alert, 9);
        teller.input().pass(customer, end, "offer", "", 0, 17, 15);
        EffectId ended = teller.end(stall, "offer_stall", "a1", 7, 17);
        teller.close(alert, ended, 7, 17);
        teller.conclude(decision, treatment, end == Kind.REACHED_GOAL, 7, 17);
        return alert;
    }

    private static void goesBack(Teller teller, String customer) {
        teller.input().pass(customer, Kind.STARTED, "", "", 4, 4, 0);
        teller.input().pass(customer, Kind.MOVED, "", "offer", 4, 5, 1);
        teller.input().pass(customer, Kind.MOVED, "offer", "check", 4, 8, 3);
        teller.input().pass(customer, Kind.MOVED, "check", "offer", 4, 9, 1);
    }

    private static void chases(Teller teller, String customer, EffectId otherAlert) {
        teller.input().pass(customer, Kind.STARTED, "", "", 10, 10, 0);
        EffectId chasing = teller.input()
                .raise(
                        SubjectId.customer(customer),
                        "chasing",
                        "",
                        12,
                        new Finding(2, 1, Finding.Measure.COUNT, new long[] {50, 51}));
        teller.quiet(chasing, 12);
        EffectId decision = teller.decide(chasing, "", 12, true);
        teller.input().withdraw(chasing, "chasing", "", 12, 13);
        EffectId again = teller.input()
                .raise(
                        SubjectId.customer(customer),
                        "chasing",
                        "",
                        14,
                        new Finding(2, 1, Finding.Measure.COUNT, new long[] {51, 53}));
        teller.merge(otherAlert, again, 14);
        teller.input().conclude(decision, true, false, 12, 42);
    }
}
