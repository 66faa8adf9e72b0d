package dev.forestall.acceptance.simulation;

import dev.forestall.loop.Definition;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.Withdrawal;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
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
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;

/** Customers of a small town and all that a definition can declare: every detector, subjects of three kinds that tell each other. */
final class Town {

    static final String FILE = "town.csv";
    static final String LIVE = "web";

    private static final int PEOPLE = 12;
    /** So many each of them has, one after the other. */
    private static final int DEVICES = 8;

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final Currency EUR = Currency.getInstance("EUR");

    private static TestPlan.Declaring happenings(TestPlan.Declaring plan) {
        return plan.entity("branch", "branchId")
                .event("applied", "region: string", "amount: money")
                .event("offered")
                .event("replied")
                .event("called")
                .event("visited")
                .event("paid", "amount: number", "due: time")
                .event("approved")
                .event("cancelled");
    }

    /** What it is for if a person must approve it. */
    static final Purpose APPROVED = new Purpose("approved", 60, false, true, true, false, false);

    /** Who writes letters. */
    static final Resource CLERKS = new Resource("clerks", 2, 4 * HOUR);

    /** In UTC. */
    static final DailyHours QUIET_HOURS = new DailyHours(21 * 60, 8 * 60);

    private static final GateRules QUIET =
            new GateRules(List.of(), List.of(), List.of(), QUIET_HOURS, null, null, ZoneId.of("UTC"), 30 * MINUTE);

    private final TestPlan plan;
    private final boolean hasHouseholds;

    private Town(TestPlan plan, boolean hasHouseholds) {
        this.plan = plan;
        this.hasHouseholds = hasHouseholds;
    }

    /** Everybody is known by one number. */
    static Town ofNumbers() {
        return new Town(happenings(TestPlan.declare()).ready(), false);
    }

    /** Everybody has a user id, an address and a device, some share theirs, and who is who is learned late and corrected now and then. */
    static Town ofHouseholds() {
        return new Town(
                happenings(TestPlan.declare().identifier("email", 2).identifier("deviceId", 2))
                        .ready(),
                true);
    }

    Definition definition() {
        return definition(0);
    }

    /**
     * One of several definitions of the town.
     *
     * @param variant 0: the usual one. Of others, each bit is a change: 1 another threshold of {@code chasing}, 2 one signal less, 4 one
     *     more, 8 another journey, 16 other costs, owners and shares, 32 quiet hours, and a letter that a person must approve and a clerk write
     */
    Definition definition(int variant) {
        Journey application = new Journey(
                "application",
                EventKey.ONE,
                plan.any("applied"),
                List.of(new Journey.Step("offer", plan.any("offered")), new Journey.Step("reply", plan.any("replied"))),
                plan.any("approved"),
                plan.any("cancelled"),
                plan.any(),
                (variant & 8) == 0 ? 12 * DAY : 4 * DAY,
                plan.number("amount"),
                EUR);
        TestPack pack = TestPack.of(plan)
                .hash("7e5700%02x".formatted(variant))
                .lateness(Duration.ofHours(1))
                .tick(Duration.ofHours(1))
                .trait(new Trait(
                        "region", "customer", Trait.Fold.LAST, plan.any("applied"), null, plan.words("region"), 0))
                .trait(new Trait("calls", "customer", Trait.Fold.COUNT, plan.any("called"), null, null, 3 * DAY))
                .journey(application)
                .signal("chasing", new Repeat(plan.any("called"), (variant & 1) == 0 ? 2 : 3, 2 * DAY))
                .signal("no_reply", application, new Stall(plan.any("offered"), plan.any("replied", "called"), DAY))
                .signal("thinking", application, new Hesitation("offer", 2 * DAY))
                .signal("gone", application, Exit.of(List.of(), 3 * DAY, plan.tracking()))
                .signal("back_and_forth", application, new Rework(1))
                .signal(
                        "unpaid_call",
                        new Sequence(
                                List.of(
                                        new Sequence.Part(plan.any("visited"), false),
                                        new Sequence.Part(plan.any("paid"), true),
                                        new Sequence.Part(plan.any("called"), false)),
                                DAY))
                .signal(
                        "visit_only",
                        new Sequence(
                                List.of(
                                        new Sequence.Part(plan.any("visited"), false),
                                        new Sequence.Part(plan.any("called", "paid"), true)),
                                DAY));
        if ((variant & 2) == 0) {
            pack.signal("quieter", new Decline(plan.any("visited"), 0.5, DAY, 2, 4, 3, false));
        }
        if ((variant & 4) != 0) {
            pack.signal("visits", new Repeat(plan.any("visited"), 2, DAY));
        }
        pack.signal(
                        "odd_bill",
                        new Anomaly(plan.any("paid"), plan.number("amount"), 3.5, Anomaly.Direction.BOTH, 3, 8, 0.05))
                .signal(
                        "overdue",
                        new Deadline(
                                plan.any("paid"), plan.number("due"), plan.any("visited"), Deadline.When.MISSED, HOUR))
                .signal(new SignalRule<>(
                        "busy_branch",
                        new Repeat(plan.any("called"), 4, DAY),
                        "branch",
                        null,
                        SignalRule.Fires.ONCE,
                        "busy",
                        false,
                        3 * DAY));
        Condition manyCalls = scope -> Truth.of(scope.number(1) >= 3);
        pack.signal("many_calls", new Threshold(manyCalls, plan.any("called").types(), List.of(1)))
                .cohort(
                        "region_leaves",
                        new Cohort(
                                new Cohort.Counts.Exits("application", ""),
                                scope -> scope.text(0),
                                DAY,
                                5,
                                3,
                                new Cohort.Above.Expected(0.3, 0.9)))
                .alert(new AlertRule(
                        "stuck",
                        TriggerName.signals("no_reply", "thinking"),
                        (variant & 16) == 0 ? "team" : "others",
                        AlertRule.GroupBy.RUN,
                        6 * HOUR,
                        2 * DAY,
                        5 * DAY))
                .alert(new AlertRule(
                        "region",
                        TriggerName.signals("region_leaves"),
                        "ops",
                        AlertRule.GroupBy.SUBJECT,
                        2 * DAY,
                        0,
                        0))
                .policy(new Policy(
                        "save",
                        TriggerName.signals("no_reply", "chasing"),
                        Condition.ALWAYS,
                        List.of(candidate("call_back", "voice", 420, 0.08), candidate("nudge", "email", 1, 0.02)),
                        null,
                        scope -> scope.number(uplift(pack)) * 50_000 - scope.number(uplift(pack) + 1),
                        new Probability((variant & 16) == 0 ? 0.3 : 0.1),
                        DAY))
                .cap(Cap.ofChannel("voice", 1, 4 * DAY))
                .cap(Cap.ofAll(2, 2 * DAY))
                .outcome(new OutcomeRule("saved", plan.any("approved"), 5 * DAY, true))
                .outcome(new OutcomeRule("no_contact", plan.any("called"), 2 * DAY, false));
        if ((variant & 32) != 0) {
            pack.gate(QUIET).resource(CLERKS).policy(approvedPolicy());
        }
        if ((variant & 1) != 0) {
            pack.changed("signal.chasing");
        }
        if ((variant & 8) != 0) {
            List.of("journey.application", "signal.no_reply", "signal.thinking", "signal.gone", "signal.back_and_forth")
                    .forEach(pack::changed);
        }
        return pack.ready();
    }

    private static Policy approvedPolicy() {
        Action letter = new Action(
                "letter",
                "workflow",
                "letter",
                APPROVED,
                List.of("post", "email"),
                null,
                List.of(new Use(CLERKS.name(), 1)),
                new Money(200, EUR));
        return new Policy(
                "write",
                TriggerName.signals("visit_only", "overdue"),
                Condition.ALWAYS,
                List.of(new Policy.Candidate(
                        letter.expiring(2 * DAY).withdrawn(Withdrawal.NEVER), scope -> 1, Condition.ALWAYS, "")),
                null,
                scope -> 100,
                new Probability(0),
                HOUR);
    }

    private static int uplift(TestPack pack) {
        return pack.numberOf("uplift");
    }

    private static Policy.Candidate candidate(String name, String channel, long cost, double uplift) {
        return new Policy.Candidate(
                new Action(name, "message", name, channel, new Money(cost, EUR)),
                scope -> uplift,
                Condition.ALWAYS,
                "");
    }

    /** What happens in the town, as two sources deliver it: a file that can be read again and a sender that cannot. */
    List<Logged> events(SplittableRandom random, int count) {
        List<Logged> records = new ArrayList<>();
        long now = Times.START.toEpochMilli();
        long fileOrdinal = 0;
        int jumpAt = random.nextInt(count);
        int person = 0;
        for (int i = 0; i < count; i++) {
            now += pause(random);
            if (i == jumpAt) {
                now += (3 + random.nextInt(12)) * DAY;
            }
            boolean live = random.nextInt(3) == 0;
            Origin origin = live ? new Origin(LIVE, Origin.NONE, 0) : new Origin(FILE, fileOrdinal, fileOrdinal + 2);
            fileOrdinal += live ? 0 : 1;
            person = hasHouseholds && random.nextBoolean() ? person : random.nextInt(PEOPLE);
            long at = random.nextInt(12) == 0 ? now - random.nextLong(4 * HOUR) : now;
            records.add(
                    !live && random.nextInt(40) == 0
                            ? new Logged.Rejection(
                                    origin,
                                    new Rejected(EventError.MALFORMED, "", "not a record"),
                                    "line " + fileOrdinal)
                            : hasHouseholds && !live && random.nextInt(25) == 0
                                    ? new Logged.Unmerged(origin, unmerging(random, person, (double) i / count))
                                    : event(random, origin, at, i, count, person));
        }
        return records;
    }

    /** The same as they happen, so that they are acted on, and nobody waits for a long past. */
    static List<Logged> live(List<Logged> records) {
        return records.stream()
                .map(logged -> switch (logged) {
                    case Logged.Arrived arrived ->
                        new Logged.Arrived(
                                arrived.origin()
                                        .live(
                                                arrived.event().atMillis(),
                                                arrived.event().atMillis()),
                                arrived.event());
                    case Logged.Unmerged unmerged ->
                        new Logged.Unmerged(unmerged.origin().live(1, 1), unmerged.unmerge());
                    default -> logged;
                })
                .toList();
    }

    /** As {@link #events}, in the order of time. */
    List<Logged> punctual(SplittableRandom random, int count) {
        List<Logged> inTime = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        for (Logged each : events(random, count)) {
            if (each instanceof Logged.Arrived arrived && arrived.event().atMillis() >= latest) {
                latest = arrived.event().atMillis();
                inTime.add(each);
            }
        }
        return inTime;
    }

    /** In households one thing follows the other: who is who often turns out before time has passed for anybody. */
    private long pause(SplittableRandom random) {
        if (hasHouseholds) {
            return random.nextInt(3) == 0 ? random.nextLong(5 * HOUR) : random.nextLong(10 * MINUTE);
        }
        return random.nextInt(4) == 0 ? 0 : random.nextLong(2 * HOUR);
    }

    private Logged event(SplittableRandom random, Origin origin, long at, int number, int count, int person) {
        String[] types = {
            "applied",
            "offered",
            "offered",
            "replied",
            "called",
            "called",
            "visited",
            "visited",
            "visited",
            "paid",
            "approved",
            "cancelled"
        };
        String type = types[random.nextInt(types.length)];
        TestPlan.Happening event = plan.event(type).at(at).id("e-" + number);
        identify(event, random, person, (double) number / count);
        switch (type) {
            case "applied" ->
                event.with("region", random.nextBoolean() ? "north" : "south")
                        .with("amount", 100_000L * (1 + random.nextInt(9)));
            case "called" -> event.with("branchId", "b-" + random.nextInt(2));
            case "paid" ->
                event.with("amount", random.nextInt(6) == 0 ? 900.0 : 50.0 + random.nextInt(3))
                        .with("due", at + random.nextLong(2 * DAY));
            default -> {}
        }
        return new Logged.Arrived(origin, event.build());
    }

    /**
     * Says who it was: by number, or by whatever is at hand, and sometimes by several things at once.
     *
     * @param time how much of all has happened, 0 to 1
     */
    private void identify(TestPlan.Happening event, SplittableRandom random, int person, double time) {
        if (!hasHouseholds) {
            event.of("c-" + person);
            return;
        }
        int first = random.nextInt(3);
        boolean isFrank = random.nextDouble() < time / 2;
        if (first == 0 || isFrank && random.nextBoolean()) {
            event.of(user(person));
        } else {
            event.anonymous();
        }
        if (first == 1 || isFrank && random.nextBoolean()) {
            event.with("email", address(person, random));
        }
        if (first == 2 || isFrank && random.nextBoolean()) {
            event.with("deviceId", device(person, time, random));
        }
    }

    /** One of them has chosen a user id that reads like the name of another. */
    private static String user(int person) {
        return person == 5 ? "email:m-1" : "c-" + person;
    }

    /** Every fourth uses the address of the one before, now and then, and everybody that of the club. */
    private static String address(int person, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return "club";
        }
        return "m-" + (person % 4 == 3 && random.nextInt(3) == 0 ? person - 1 : person);
    }

    /** Everybody has a new one now and then, and there is a tablet in the hall. */
    private static String device(int person, double time, SplittableRandom random) {
        return random.nextInt(8) == 0 ? "tablet" : device(person, (int) (time * DEVICES));
    }

    private static String device(int person, int number) {
        return "d-" + person + "-" + number;
    }

    private static Unmerge unmerging(SplittableRandom random, int person, double time) {
        Identifier user = new Identifier("userId", user(person));
        Identifier address = new Identifier("email", address(person, random));
        Identifier device = new Identifier("deviceId", device(person, time, random));
        boolean isForGood = random.nextInt(4) == 0;
        return switch (random.nextInt(3)) {
            case 0 -> new Unmerge(user, address, isForGood);
            case 1 -> new Unmerge(user, device, isForGood);
            default -> new Unmerge(address, device, isForGood);
        };
    }

    /** Every identifier of customers that may ever be carried. */
    static List<Identifier> identifiers() {
        List<Identifier> all = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            all.add(new Identifier("userId", user(person)));
            all.add(new Identifier("email", "m-" + person));
            for (int number = 0; number < DEVICES; number++) {
                all.add(new Identifier("deviceId", device(person, number)));
            }
        }
        all.add(new Identifier("email", "club"));
        all.add(new Identifier("deviceId", "tablet"));
        return all;
    }
}
