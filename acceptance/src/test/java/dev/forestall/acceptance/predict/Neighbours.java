package dev.forestall.acceptance.predict;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Workload;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A small town in which customers know of each other only by what desks and groups tell them. */
final class Neighbours {

    static final long DAY = Duration.ofDays(1).toMillis();
    static final long TICK = Duration.ofHours(3).toMillis();
    static final long LATENESS = Duration.ofMinutes(20).toMillis();

    static final TestPlan PLAN = TestPlan.declare()
            .event("call", "desk: string", "failed: boolean")
            .event("visit", "desk: string")
            .event("payment")
            .event("left")
            .ready();

    static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    private Neighbours() {}

    static TestPack pack() {
        return pack(PLAN);
    }

    /** @param plan with calls and visits at desks */
    static TestPack pack(TestPlan plan) {
        FeatureRules rules = new FeatureRules(
                FeatureRules.STANDARD.halfLivesMillis(),
                Set.of(),
                Set.of(),
                List.of(new Workload("desk", "desk", DAY)));
        return TestPack.of(plan)
                .tick(Duration.ofMillis(TICK))
                .lateness(Duration.ofMillis(LATENESS))
                .features(rules)
                .cohort(
                        "busy_calls",
                        new Cohort(
                                new Cohort.Counts.Events(plan.any("call", "visit"), plan.any("call")),
                                plan.words("desk"),
                                DAY / 2,
                                2,
                                3,
                                new Cohort.Above.Share(0.6)));
    }

    static Definition definition() {
        return pack().prediction(leaves(List.of())).ready();
    }

    static Prediction leaves(List<Double> levels) {
        return new Prediction(
                "leaves",
                new Question.Any(PLAN.any("left")),
                7 * DAY,
                Moments.EACH_EVENT,
                Condition.ALWAYS,
                levels,
                null,
                0,
                "leaves");
    }

    /** In the order of time; with pauses in which days pass unheard. */
    static List<Event> stream(RandomGenerator random, int size) {
        List<Event> events = new ArrayList<>();
        long at = START.toEpochMilli();
        for (int i = 0; i < size; i++) {
            at += random.nextInt(12) == 0 ? random.nextLong(4 * DAY) : random.nextLong(DAY / 6);
            String type =
                    List.of("call", "call", "call", "visit", "visit", "payment").get(random.nextInt(6));
            TestPlan.Happening event =
                    PLAN.event(type).of("c-" + random.nextInt(6)).at(at);
            if (!type.equals("payment") && random.nextInt(5) > 0) {
                event.with("desk", random.nextBoolean() ? "north" : "south");
            }
            events.add(event.build());
        }
        events.sort(Comparator.comparingLong(Event::atMillis));
        return events;
    }

    static String who(Event event) {
        return Objects.requireNonNull(event.identifier(0));
    }
}
