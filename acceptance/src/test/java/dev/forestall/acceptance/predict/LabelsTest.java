package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.learning.gather.Gatherer;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.testkit.KeptOpen;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What came of each moment, against brute force over the whole log. */
class LabelsTest {

    private static final TestPlan PLAN = TestPlan.declare()
            .event("order")
            .event("packed")
            .event("delivered")
            .event("cancelled")
            .event("call", "minutes: number")
            .ready();

    private static final Journey DELIVERY = new Journey(
            "delivery",
            EventKey.ONE,
            PLAN.any("order"),
            List.of(new Journey.Step("packed", PLAN.any("packed"))),
            PLAN.any("delivered"),
            PLAN.any("cancelled"),
            PLAN.any(),
            Duration.ofDays(20).toMillis(),
            null,
            null);

    private static final long WITHIN = Duration.ofDays(3).toMillis();
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");

    private record Row(String subject, long atMillis, boolean label) {}

    private static List<Event> log(SplittableRandom random) {
        List<Event> log = new ArrayList<>();
        for (int customer = 0; customer < 4; customer++) {
            Instant at = START.plusSeconds(random.nextInt(500_000));
            for (int i = 0; i < 25; i++) {
                String type = List.of("order", "packed", "delivered", "cancelled", "call")
                        .get(random.nextInt(5));
                TestPlan.Happening event = PLAN.event(type).of("c-" + customer).at(at);
                if (type.equals("call")) {
                    event.with("minutes", (double) random.nextInt(40));
                }
                log.add(event.build());
                // Often exactly one horizon later, to try its ends.
                at = at.plusMillis(random.nextInt(4) == 0 ? WITHIN : random.nextInt(3) * 40_000_000L);
            }
        }
        log.sort(Comparator.comparingLong(Event::atMillis));
        return log;
    }

    private static List<Row> gathered(Question question, Moments moments, List<Event> log, long seed) {
        Prediction prediction =
                new Prediction("it", question, WITHIN, moments, Condition.ALWAYS, List.of(), null, 0, "it");
        Definition definition = TestPack.of(PLAN)
                .journey(DELIVERY)
                .prediction(prediction)
                .ready()
                .sampling(List.of("events"));
        MemoryHost host = new MemoryHost(definition, KeptOpen.steps(definition, seed));
        log.forEach(host::happened);
        host.end();
        Gatherer gatherer = new Gatherer(prediction);
        for (Effect effect : host.effects()) {
            if (effect instanceof Effect.Sampled sampled) {
                gatherer.after(sampled.sample());
            }
        }
        List<Row> rows = new ArrayList<>();
        gatherer.into(
                (subject, at, row, label, segment) -> rows.add(new Row(subject, at, label)),
                log.getLast().atMillis(),
                -1,
                name -> name);
        assertThat(rows.size() + gatherer.unknown()).isEqualTo(gatherer.moments());
        return rows;
    }

    private static List<Row> afterEachEvent(List<Event> log, Predicate<List<Event>> isOutcome) {
        List<Row> rows = new ArrayList<>();
        long end = log.getLast().atMillis();
        for (int i = 0; i < log.size(); i++) {
            Event now = log.get(i);
            if (now.atMillis() + WITHIN > end) {
                continue;
            }
            List<Event> later = log.subList(i + 1, log.size()).stream()
                    .filter(each -> who(each).equals(who(now)) && each.atMillis() <= now.atMillis() + WITHIN)
                    .toList();
            rows.add(new Row(who(now), now.atMillis(), isOutcome.test(later)));
        }
        return rows;
    }

    private static String who(Event event) {
        return java.util.Objects.requireNonNull(event.identifier(0));
    }

    private static long calls(List<Event> events) {
        return events.stream().filter(each -> each.type().name().equals("call")).count();
    }

    @Test
    void the_outcome_counts_behind_the_moment_up_to_the_end_of_the_horizon() {
        Seeds.forEach(40, seed -> {
            List<Event> log = log(new SplittableRandom(seed));
            assertThat(gathered(new Question.Any(PLAN.any("call")), Moments.EACH_EVENT, log, seed))
                    .isEqualTo(afterEachEvent(log, later -> calls(later) > 0));
            assertThat(gathered(new Question.None(PLAN.any("call")), Moments.EACH_EVENT, log, seed))
                    .isEqualTo(afterEachEvent(log, later -> calls(later) == 0));
            assertThat(gathered(new Question.Count(PLAN.any("call"), 2), Moments.EACH_EVENT, log, seed))
                    .isEqualTo(afterEachEvent(log, later -> calls(later) >= 2));
            Question minutes = new Question.Total(PLAN.any("call"), PLAN.number("minutes"), 20);
            assertThat(gathered(minutes, Moments.EACH_EVENT, log, seed))
                    .isEqualTo(afterEachEvent(
                            log,
                            later -> later.stream()
                                            .filter(each -> each.type().name().equals("call"))
                                            .mapToDouble(each -> each.number(0))
                                            .sum()
                                    > 20));
        });
    }

    @Test
    void so_do_the_ends_of_journeys_and_their_standing_still_at_fixed_times_too() {
        Moments daily = new Moments(true, Duration.ofHours(12).toMillis(), Set.of(), Set.of(), 0);
        Seeds.forEach(25, seed -> {
            List<Event> log = log(new SplittableRandom(seed));
            MemoryHost plain =
                    MemoryHost.run(TestPack.of(PLAN).journey(DELIVERY).ready(), log);
            List<Transition> transitions = plain.effects().stream()
                    .filter(Effect.Transitioned.class::isInstance)
                    .map(each -> ((Effect.Transitioned) each).transition())
                    .toList();
            for (Row row : gathered(new Question.Fails(DELIVERY), daily, log, seed)) {
                // At the very instant of a moment the order decides, which rows do not tell: those are left to the test
                // above.
                if (transitions.stream().noneMatch(each -> each.atMillis() == row.atMillis)) {
                    assertThat(row.label)
                            .as(row.toString())
                            .isEqualTo(within(transitions, row)
                                    .anyMatch(each -> each.kind().isBadEnd()));
                }
            }
            for (Row row : gathered(new Question.Stalls(DELIVERY), daily, log, seed)) {
                if (transitions.stream().noneMatch(each -> each.atMillis() == row.atMillis)) {
                    assertThat(row.label)
                            .as(row.toString())
                            .isEqualTo(within(transitions, row).findAny().isEmpty());
                }
            }
        });
    }

    private static java.util.stream.Stream<Transition> within(List<Transition> transitions, Row row) {
        return transitions.stream()
                .filter(each -> each.id().subject().key().equals(row.subject)
                        && each.atMillis() > row.atMillis
                        && each.atMillis() <= row.atMillis + WITHIN);
    }
}
