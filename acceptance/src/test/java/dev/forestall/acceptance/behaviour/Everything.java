package dev.forestall.acceptance.behaviour;

import dev.forestall.loop.Definition;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Anomaly;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Deadline;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Hesitation;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Rework;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Threshold;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/**
 * A pack with one of everything, on a scale of milliseconds, and streams that set all of it off.
 *
 * <p>States of it are kept in golden files: what is added goes behind what is there.
 */
final class Everything {

    static final TestPlan PLAN = TestPlan.declare()
            .entity("branch", "branchId")
            .event("a", "value: number", "due: number", "run: string", "group: string")
            .event("b", "value: number", "due: number", "run: string", "group: string")
            .event("c", "value: number", "due: number", "run: string", "group: string")
            .event("d", "value: number", "due: number", "run: string", "group: string")
            .ready();

    private static final Currency EUR = Currency.getInstance("EUR");

    /** Of the sets of signals that alerts and policies look at. */
    private static final Set<TriggerName> MANY =
            TriggerName.signals("repeat", "stall", "run_stall", "absence", "threshold", "coming_up", "exit", "moved");

    private Everything() {}

    static Definition pack() {
        Journey journey = new Journey(
                "j",
                PLAN.key("run"),
                PLAN.any("a"),
                List.of(
                        new Journey.Step("one", PLAN.any("a")),
                        new Journey.Step("two", PLAN.any("b")),
                        new Journey.Step("three", PLAN.when(high(), "c"))),
                PLAN.when(high(), "d"),
                PLAN.any("d"),
                PLAN.any(),
                45,
                PLAN.number("value"),
                EUR);
        TestPack pack = TestPack.of(PLAN)
                .tick(Duration.ofMillis(7))
                .lateness(Duration.ofMillis(5))
                .journey(journey);
        traits(pack);
        Condition often = scope -> Truth.of(scope.number(pack.numberSoFar("trait.rolling")) >= 3);
        pack.signal("repeat", new Repeat(PLAN.any("a"), 3, 10))
                .signal(SignalRule.ofCustomers("each", new Repeat(PLAN.any("b"), 2, 6))
                        .firing(SignalRule.Fires.EACH))
                .signal("stall", new Stall(PLAN.any("a"), PLAN.any("b"), 8))
                .signal("run_stall", journey, new Stall(PLAN.any("b"), PLAN.any("c"), 9))
                .signal("hesitation", journey, new Hesitation("two", 7))
                .signal("exit", journey, Exit.of(List.of(), 12, PLAN.tracking()))
                .signal("loop", journey, new Rework(2))
                .signal("sequence", sequence("abC", 20))
                .signal("absence", sequence("aD", 11))
                .signal("decline", new Decline(PLAN.any("c"), 0.5, 10, 2, 4, 2, false))
                .signal("anomaly", anomaly())
                .signal("missed", deadline(Deadline.When.MISSED, 3))
                .signal("coming_up", deadline(Deadline.When.COMING_UP, 5))
                .signal("moved", deadline(Deadline.When.MOVED, 2))
                .signal(
                        "threshold",
                        new Threshold(
                                often, PLAN.any("a", "b", "c").types(), List.of(pack.numberSoFar("trait.rolling"))))
                .signal(new SignalRule<>(
                        "branch_repeat",
                        new Repeat(PLAN.any("c"), 3, 9),
                        "branch",
                        null,
                        SignalRule.Fires.ONCE,
                        "",
                        false,
                        0))
                .cohort(
                        "crowd",
                        new Cohort(
                                new Cohort.Counts.Events(PLAN.any("b", "c"), PLAN.any("c")),
                                PLAN.words("group"),
                                10,
                                3,
                                3,
                                new Cohort.Above.Share(0.4)))
                .alert(new AlertRule("by_subject", MANY, "lead", AlertRule.GroupBy.SUBJECT, 15, 20, 40))
                .alert(new AlertRule(
                        "by_run",
                        TriggerName.signals("run_stall", "hesitation", "exit"),
                        "lead",
                        AlertRule.GroupBy.RUN,
                        0,
                        0,
                        0))
                .alert(new AlertRule(
                        "of_branch",
                        TriggerName.signals("branch_repeat"),
                        "branch",
                        AlertRule.GroupBy.SUBJECT,
                        5,
                        0,
                        0))
                .alert(new AlertRule(
                        "of_crowd", TriggerName.signals("crowd"), "ops", AlertRule.GroupBy.SUBJECT, 30, 5, 0));
        decisions(pack);
        return pack.ready();
    }

    private static void traits(TestPack pack) {
        for (Trait.Fold fold : Trait.Fold.values()) {
            boolean counts = fold == Trait.Fold.COUNT;
            pack.trait(new Trait(
                    fold.name(), "customer", fold, PLAN.any("a", "b"), counts ? null : PLAN.number("value"), null, 0));
        }
        pack.trait(new Trait("group", "customer", Trait.Fold.LAST, PLAN.any("b"), null, PLAN.words("group"), 0))
                .trait(new Trait("rolling", "customer", Trait.Fold.COUNT, PLAN.any("a", "c"), null, null, 12))
                .trait(new Trait("minutes", "branch", Trait.Fold.SUM, PLAN.any("c"), PLAN.number("value"), null, 30));
    }

    private static void decisions(TestPack pack) {
        var uplift = pack.number("uplift");
        var cost = pack.number("cost");
        var context = pack.number("context.crowd");
        for (String name : List.of("first", "second")) {
            pack.policy(new Policy(
                    name,
                    MANY,
                    Condition.ALWAYS,
                    List.of(
                            new Policy.Candidate(action("call", "voice", 500), scope -> 0.2, Condition.ALWAYS, ""),
                            new Policy.Candidate(
                                    action("excuse", "email", 1),
                                    scope -> 0.4,
                                    scope -> Truth.of(context.value(scope) > 0),
                                    "context.crowd"),
                            new Policy.Candidate(action("nudge", "email", 1), scope -> 0.1, Condition.ALWAYS, "")),
                    pack.number("journey.j.value"),
                    scope -> uplift.value(scope) * 10_000 - cost.value(scope),
                    new Probability(0.3),
                    name.equals("first") ? 0 : 25));
        }
        pack.cap(Cap.ofChannel("voice", 1, 60))
                .cap(Cap.ofAll(4, 100))
                .outcome(new OutcomeRule("good", PLAN.when(high(), "d"), 30, true))
                .outcome(new OutcomeRule("calm", PLAN.any("c"), 10, false));
    }

    private static Condition high() {
        return scope -> {
            double value = PLAN.number("value").value(scope);
            return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(value > 5);
        };
    }

    private static Action action(String name, String channel, long costMinor) {
        return new Action(name, "message", name, channel, new Money(costMinor, EUR));
    }

    private static Sequence sequence(String parts, long within) {
        List<Sequence.Part> made = new ArrayList<>();
        for (String part : parts.split("")) {
            String type = part.toLowerCase(java.util.Locale.ROOT);
            made.add(new Sequence.Part(PLAN.any(type), !part.equals(type)));
        }
        return new Sequence(made, within);
    }

    private static Anomaly anomaly() {
        return new Anomaly(PLAN.any("b"), PLAN.number("value"), 2, Anomaly.Direction.BOTH, 3, 8, 0.1);
    }

    private static Deadline deadline(Deadline.When when, long margin) {
        return new Deadline(PLAN.any("a"), PLAN.number("due"), PLAN.any("d"), when, margin);
    }

    /** A few customers, branches, runs and groups; mostly in order, some late, some very late. */
    static List<Event> stream(Dice dice, int length) {
        List<Event> events = new ArrayList<>();
        long clock = 1_000;
        for (int i = 0; i < length; i++) {
            clock += dice.oneOf(0, 0, 1, 1, 2, 3, 10, dice.between(0, 40));
            long at = dice.percent(15) ? clock - dice.between(0, 25) : clock;
            var event = PLAN.event(dice.oneOf("a", "a", "b", "b", "c", "c", "d"))
                    .of("c-" + dice.between(1, 4))
                    .at(at)
                    .with("value", (double) dice.between(-3, 12))
                    .with("due", (double) (at + dice.between(-5, 20)))
                    .with("group", dice.oneOf("red", "blue"));
            if (dice.percent(80)) {
                event.with("run", dice.oneOf("r1", "r2"));
            }
            if (dice.percent(50)) {
                event.with("branchId", dice.oneOf("north", "south"));
            }
            events.add(event.build());
        }
        return events;
    }
}
