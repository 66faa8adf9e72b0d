package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.signal.Anomaly;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Deadline;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Hesitation;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Rework;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** For each detector, a story that shows what it says and what it does not: raised, ended, at the edge, and taken back. */
final class DetectorStories {

    static final TestPlan PLAN = TestPlan.declare()
            .event("called", "minutes: number", "order: string", "app: string")
            .event("ordered", "order: string", "promised: number")
            .event("delivered", "order: string")
            .event("invoiced", "amount: number")
            .event("cart", "order: string")
            .event("address", "order: string")
            .event("payment", "order: string")
            .event("gave_up", "order: string")
            .event("seen")
            .ready();

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * One story.
     *
     * @param name of its golden file
     * @param tells in a line what is looked for
     */
    record Story(String name, String tells, Definition pack, List<Event> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    private DetectorStories() {}

    static List<Story> all() {
        return List.of(
                repeat(),
                stall(),
                hesitation(),
                exit(),
                sequence(),
                sequenceByAbsence(),
                loop(),
                decline(),
                declineAtEach(),
                anomaly(),
                missed(),
                moved(),
                comingUp(),
                threshold(),
                cohort());
    }

    private static Story repeat() {
        return story(
                "repeat",
                "three calls within (t - 7 days, t]",
                new Repeat(PLAN.any("called"), 3, millis(DAY, 7)),
                at("called", 0),
                at("called", 24),
                at("called", 7 * 24), // the first has just left the window
                at("called", 7 * 24 + 1), // three
                at("called", 7 * 24 + 2), // still
                at("seen", 30 * 24));
    }

    private static Story stall() {
        return story(
                "stall",
                "an order, and no delivery up to and including 3 days after it",
                new Stall(PLAN.any("ordered"), PLAN.any("delivered"), millis(DAY, 3)),
                at("ordered", 0),
                at("delivered", 72), // in time, just
                at("ordered", 100),
                at("ordered", 120), // waits anew
                at("seen", 193), // now it has waited for 73 hours
                at("delivered", 200),
                at("ordered", 300),
                at("seen", 400),
                at("delivered", 310)); // late: there was no stall
    }

    private static Story hesitation() {
        return inRuns(
                "hesitation",
                "longer than an hour at the address",
                new Hesitation("address", HOUR.toMillis()),
                order("cart", "o-1", 0),
                order("address", "o-1", 1),
                order("payment", "o-1", 2), // in time, just
                order("address", "o-1", 3),
                order("payment", "o-1", 5),
                order("cart", "o-2", 10),
                order("address", "o-2", 11),
                at("seen", 20),
                order("gave_up", "o-2", 21));
    }

    private static Story exit() {
        return inRuns(
                "exit",
                "leaves the checkout: gives up, or is silent for two hours",
                Exit.of(List.of(), millis(HOUR, 2), PLAN.tracking()),
                order("cart", "o-1", 0),
                order("address", "o-1", 2), // in time, just
                at("seen", 5),
                order("address", "o-1", 6), // back
                order("gave_up", "o-1", 7),
                order("cart", "o-2", 10),
                order("gave_up", "o-2", 20), // they had left by silence
                order("cart", "o-3", 30),
                at("seen", 40),
                order("address", "o-3", 31)); // late: the silence began later
    }

    private static Story sequence() {
        return story(
                "sequence",
                "an order, then a call with no delivery in between, within 2 days",
                sequence(2, "ordered", "!delivered", "called"),
                at("ordered", 0),
                at("called", 48), // within, just
                at("ordered", 100),
                at("delivered", 101),
                at("called", 102),
                at("ordered", 200),
                at("ordered", 240), // starts again
                at("called", 270));
    }

    private static Story sequenceByAbsence() {
        return story(
                "sequence-by-absence",
                "an order, then a call, and no delivery up to 2 days after the order",
                sequence(2, "ordered", "called", "!delivered"),
                at("ordered", 0),
                at("called", 1),
                at("delivered", 48), // in time, just
                at("ordered", 100),
                at("called", 101),
                at("seen", 149),
                at("delivered", 140), // late: it had come
                at("ordered", 200),
                at("called", 201),
                at("seen", 300));
    }

    private static Story loop() {
        return inRuns(
                "loop",
                "back to an earlier step for the second time",
                new Rework(2),
                order("cart", "o-1", 0),
                order("payment", "o-1", 1),
                order("address", "o-1", 2),
                order("payment", "o-1", 3),
                order("cart", "o-1", 4),
                order("delivered", "o-1", 5));
    }

    private static Story decline() {
        return story(
                "decline",
                "fewer than half as many calls a day in 2 days as in the 4 before, of at least 3; judged at midnight",
                new Decline(PLAN.any("called"), 0.5, DAY.toMillis(), 2, 4, 3, false),
                at("called", 1),
                at("called", 25),
                at("called", 49),
                at("called", 73),
                at("seen", 150), // two silent days have passed
                at("called", 170),
                at("called", 171),
                at("seen", 600));
    }

    private static Story declineAtEach() {
        Decline decline = new Decline(PLAN.any("called"), 0.5, DAY.toMillis(), 2, 4, 3, true);
        return new Story(
                "decline-at-each",
                "the same, judged at each call, the day under way counting as recent",
                TestPack.of(PLAN)
                        .signal(SignalRule.ofCustomers("signal", decline).firing(SignalRule.Fires.EACH))
                        .ready(),
                List.of(
                        at("called", 24),
                        at("called", 25),
                        at("called", 26),
                        at("called", 49),
                        at("called", 50),
                        at("called", 120), // 1 in 2 days, after 5 in 4
                        at("called", 121), // 2 in 2 days
                        at("called", 122)));
    }

    private static Story anomaly() {
        return story(
                "anomaly",
                "an invoice beyond 3.5 robust standard deviations of the latest 6, after 3",
                new Anomaly(PLAN.any("invoiced"), PLAN.number("amount"), 3.5, Anomaly.Direction.BOTH, 3, 6, 0.05),
                invoice(30, 0),
                invoice(32, 1),
                invoice(90, 2), // too early to tell
                invoice(31, 3),
                invoice(29, 4),
                invoice(120, 5),
                invoice(31, 6));
    }

    private static Story missed() {
        return story(
                "deadline-missed",
                "the promised day, and 2 hours, have passed without a delivery",
                deadline(Deadline.When.MISSED, millis(HOUR, 2)),
                promise(0, 10),
                at("delivered", 12), // in time, just
                promise(20, 30),
                at("delivered", 40),
                promise(50, 60),
                promise(55, 80), // the latest promise counts
                at("seen", 90),
                at("delivered", 81)); // late: it had been kept
    }

    private static Story moved() {
        return story(
                "deadline-moved",
                "promised for more than 2 hours later than before",
                deadline(Deadline.When.MOVED, millis(HOUR, 2)),
                promise(0, 10),
                promise(1, 12), // by 2 hours: not more
                promise(2, 30),
                at("delivered", 30),
                promise(40, 50)); // a new promise
    }

    private static Story comingUp() {
        return story(
                "deadline-coming-up",
                "the promised time is 3 hours away",
                deadline(Deadline.When.COMING_UP, millis(HOUR, 3)),
                promise(0, 10),
                at("seen", 20),
                promise(30, 32), // near already
                at("delivered", 31),
                promise(40, 35)); // over already
    }

    private static Story threshold() {
        TestPack pack = TestPack.of(PLAN)
                .trait(new Trait("calls", "customer", Trait.Fold.COUNT, PLAN.any("called"), null, null, millis(DAY, 2)))
                .trait(new Trait(
                        "amount", "customer", Trait.Fold.LAST, PLAN.any("invoiced"), PLAN.number("amount"), null, 0));
        int calls = pack.numberSoFar("trait.calls");
        int amount = pack.numberSoFar("trait.amount");
        Condition condition = Condition.and(scope -> Truth.of(scope.number(calls) >= 2), scope -> {
            double last = scope.number(amount);
            return Double.isNaN(last) ? Truth.UNKNOWN : Truth.of(last > 100);
        });
        return new Story(
                "threshold",
                "two calls within 2 days, and the latest invoice above 100",
                pack.signal(
                                "signal",
                                new Threshold(
                                        condition,
                                        PLAN.any("called", "invoiced").types(),
                                        List.of(calls, amount)))
                        .ready(),
                List.of(
                        at("called", 0),
                        at("called", 1), // no invoice yet: unknown
                        invoice(150, 2),
                        at("seen", 60), // the calls have left the window
                        at("called", 70),
                        at("called", 71),
                        invoice(20, 72)));
    }

    private static Story cohort() {
        Condition isLong = scope -> Truth.of(PLAN.number("minutes").value(scope) > 10);
        Cohort cohort = new Cohort(
                new Cohort.Counts.Events(PLAN.any("called"), PLAN.when(isLong, "called")),
                PLAN.words("app"),
                HOUR.toMillis(),
                2,
                4,
                new Cohort.Above.Expected(0.1, 0.99));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(call("c-" + i, i, "7.1", i < 4 ? 30 : 2));
            events.add(call("d-" + i, i, "7.0", i == 0 ? 30 : 2));
        }
        events.add(call("c-0", 90, "7.1", 2));
        events.add(at("seen", 6));
        return new Story(
                "cohort",
                "of the calls about one version of the app, more than chance allows are long; judged each hour over 2",
                TestPack.of(PLAN).cohort("signal", cohort).ready(),
                events);
    }

    private static Event call(String customer, int minute, String app, double minutes) {
        return PLAN.event("called")
                .of(customer)
                .at(Times.minute(minute))
                .with("app", app)
                .with("minutes", minutes)
                .build();
    }

    private static Deadline deadline(Deadline.When when, long margin) {
        return new Deadline(PLAN.any("ordered"), PLAN.number("promised"), PLAN.any("delivered"), when, margin);
    }

    private static Sequence sequence(int days, String... parts) {
        return new Sequence(
                Arrays.stream(parts)
                        .map(part -> new Sequence.Part(PLAN.any(part.replace("!", "")), part.startsWith("!")))
                        .toList(),
                millis(DAY, days));
    }

    private static Story story(String name, String tells, Detector<?> detector, Event... events) {
        return new Story(
                name, tells, TestPack.of(PLAN).signal("signal", detector).ready(), List.of(events));
    }

    private static Story inRuns(String name, String tells, Detector<?> detector, Event... events) {
        Journey checkout = new Journey(
                "checkout",
                PLAN.key("order"),
                PLAN.any("cart"),
                List.of(
                        new Journey.Step("cart", PLAN.any("cart")),
                        new Journey.Step("address", PLAN.any("address")),
                        new Journey.Step("payment", PLAN.any("payment"))),
                PLAN.any("delivered"),
                PLAN.any("gave_up"),
                PLAN.any(),
                0,
                null,
                null);
        return new Story(
                name,
                tells,
                TestPack.of(PLAN)
                        .journey(checkout)
                        .signal("signal", checkout, detector)
                        .ready(),
                List.of(events));
    }

    private static long millis(Duration unit, int times) {
        return unit.multipliedBy(times).toMillis();
    }

    private static Event at(String type, int hour) {
        return PLAN.event(type).at(Times.hour(hour)).build();
    }

    private static Event order(String type, String order, int hour) {
        return PLAN.event(type).at(Times.hour(hour)).with("order", order).build();
    }

    private static Event invoice(double amount, int hour) {
        return PLAN.event("invoiced")
                .at(Times.hour(hour))
                .with("amount", amount)
                .build();
    }

    private static Event promise(int hour, int promisedHour) {
        return PLAN.event("ordered")
                .at(Times.hour(hour))
                .with("promised", (double) Times.hour(promisedHour).toEpochMilli())
                .build();
    }
}
