package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.risk.Sample;
import dev.forestall.testkit.KeptOpen;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Every feature of every moment is what its definition says, worked out by brute force over the events so far. */
class FeaturesTest {

    private static final TestPlan PLAN = TestPlan.declare()
            .event("call", "topic: string", "minutes: number", "waited: duration")
            .event("payment", "amount: money", "topic: string")
            .event("visit", "minutes: number", "due: time", "hurried: boolean")
            .event("complaint")
            .ready();

    private static final Instant START = Instant.parse("2026-03-01T07:30:00Z");
    private static final Levels LEVELS = new Levels(
            new TreeMap<>(Map.of("property topic", List.of("bill", "line"), "first topic", List.of("bill", "other"))));

    private static Definition definition(Moments moments, FeatureRules rules) {
        Definition definition = TestPack.of(PLAN)
                .features(rules)
                .prediction(new Prediction(
                        "complains",
                        new Question.Any(PLAN.any("complaint")),
                        Duration.ofDays(7).toMillis(),
                        moments,
                        Condition.ALWAYS,
                        List.of(),
                        null,
                        0,
                        "complains"))
                .ready();
        return definition.sampling(keys(definition));
    }

    private static List<String> keys(Definition definition) {
        return definition.features().all(LEVELS).stream().map(Feature::key).toList();
    }

    /** Events of a few customers in the order of their time: bursts, pauses of hours, and now and then months of silence. */
    static List<Event> stream(RandomGenerator random, int size) {
        List<Event> events = new ArrayList<>();
        for (int customer = 0; customer < 3; customer++) {
            Instant at = START.plusSeconds(random.nextInt(100_000));
            for (int i = 0; i < size; i++) {
                events.add(event(random, "c-" + customer, at));
                long pause = switch (random.nextInt(20)) {
                    case 0 -> 86_400L * random.nextInt(200);
                    case 1, 2, 3, 4 -> random.nextInt(300_000);
                    case 5 -> 0;
                    default -> random.nextInt(20_000);
                };
                at = at.plusSeconds(pause);
            }
        }
        events.sort(Comparator.comparingLong(Event::atMillis));
        return events;
    }

    private static Event event(RandomGenerator random, String customer, Instant at) {
        String type = List.of("call", "call", "payment", "visit", "complaint").get(random.nextInt(5));
        TestPlan.Happening event = PLAN.event(type).of(customer).at(at);
        if ((type.equals("call") || type.equals("payment")) && random.nextInt(4) > 0) {
            event.with("topic", List.of("bill", "line", "other").get(random.nextInt(3)));
        }
        if (type.equals("payment") && random.nextInt(5) > 0) {
            event.with("amount", (long) random.nextInt(100_000));
        }
        if ((type.equals("call") || type.equals("visit")) && random.nextInt(5) > 0) {
            event.with("minutes", random.nextInt(600) / 8.0);
        }
        if (type.equals("call") && random.nextBoolean()) {
            event.with("waited", Duration.ofSeconds(random.nextInt(4_000)));
        }
        if (type.equals("visit")) {
            event.with("due", at.plusSeconds(random.nextInt(1_000_000)));
            if (random.nextBoolean()) {
                event.with("hurried", random.nextBoolean());
            }
        }
        return event.build();
    }

    /**
     * What was sampled from a log.
     *
     * @param positions of its events, in order
     */
    private record Sampled(List<Long> positions, List<Sample.Taken> taken) {}

    private static Sampled samples(Definition definition, List<Event> log, long seed) {
        MemoryHost host = new MemoryHost(definition, KeptOpen.steps(definition, seed));
        List<Long> positions = log.stream().map(host::happened).toList();
        host.end();
        List<Sample.Taken> taken = new ArrayList<>();
        for (Effect effect : host.effects()) {
            if (effect instanceof Effect.Sampled sampled && sampled.sample() instanceof Sample.Taken each) {
                taken.add(each);
            }
        }
        return new Sampled(positions, taken);
    }

    private static void agrees(Definition definition, List<Event> log, Sampled sampled, FeatureRules rules) {
        List<Feature> features = definition.features().all(LEVELS);
        for (Sample.Taken sample : sampled.taken()) {
            List<Event> before = new ArrayList<>();
            for (int i = 0; i < log.size(); i++) {
                Event event = log.get(i);
                boolean isSeen = event.atMillis() < sample.atMillis()
                        || event.atMillis() == sample.atMillis()
                                && sampled.positions().get(i) <= sample.id().position();
                if (isSeen && sample.id().subject().key().equals(event.identifier(0))) {
                    before.add(event);
                }
            }
            FeaturesOracle oracle = new FeaturesOracle(before, sample.atMillis(), rules.halfLivesMillis());
            for (int i = 0; i < features.size(); i++) {
                String key = features.get(i).key();
                double expected = oracle.value(key);
                double found = sample.row()[i];
                double allowed = 2e-5 * Math.max(1, Math.abs(expected));
                assertThat(Double.isNaN(expected) ? Double.isNaN(found) : Math.abs(found - expected) <= allowed)
                        .as(
                                "%s of %s at %s: expected %s, found %s",
                                key, sample.id(), sample.atMillis(), expected, found)
                        .isTrue();
            }
        }
    }

    @Test
    void every_feature_after_every_event_is_what_brute_force_says() {
        Seeds.forEach(25, seed -> {
            List<Event> log = stream(new SplittableRandom(seed), 30);
            Definition definition = definition(Moments.EACH_EVENT, FeatureRules.STANDARD);
            Sampled sampled = samples(definition, log, seed);
            assertThat(sampled.taken()).hasSameSizeAs(log);
            agrees(definition, log, sampled, FeatureRules.STANDARD);
        });
    }

    @Test
    void and_so_it_is_at_fixed_times_between_events() {
        long hours = Duration.ofHours(30).toMillis();
        FeatureRules rules =
                new FeatureRules(List.of(hours / 30 * 24, hours / 30 * 24 * 3), Set.of(), Set.of(), List.of());
        Seeds.forEach(15, seed -> {
            List<Event> log = stream(new SplittableRandom(seed), 12);
            Definition definition = definition(new Moments(false, hours, Set.of(), Set.of(), 0), rules);
            Sampled sampled = samples(definition, log, seed);
            assertThat(sampled.taken().stream().map(each -> each.id().subject().key() + "@" + each.atMillis()))
                    .containsExactlyInAnyOrderElementsOf(multiples(log, hours));
            agrees(definition, log, sampled, rules);
        });
    }

    /** From their first event to the end of the log, each customer at each multiple of a time. */
    private static List<String> multiples(List<Event> log, long every) {
        Map<String, Long> firsts = new TreeMap<>();
        log.forEach(event -> firsts.putIfAbsent(Objects.requireNonNull(event.identifier(0)), event.atMillis()));
        List<String> multiples = new ArrayList<>();
        firsts.forEach((customer, first) -> {
            for (long at = (first / every + 1) * every; at <= log.getLast().atMillis(); at += every) {
                multiples.add(customer + "@" + at);
            }
        });
        return multiples;
    }

    @Test
    void no_value_is_too_large_to_be_learned_from() {
        List<Event> log = List.of(
                PLAN.event("call").of("c-0").at(START).with("minutes", 1e300).build(),
                PLAN.event("call")
                        .of("c-0")
                        .at(START.plusSeconds(60))
                        .with("minutes", -1e308)
                        .build());
        Definition definition = definition(Moments.EACH_EVENT, FeatureRules.STANDARD);
        for (Sample.Taken each : samples(definition, log, 1).taken()) {
            for (float value : each.row()) {
                assertThat(Float.isInfinite(value)).isFalse();
            }
        }
    }

    @Test
    void whatever_happens_later_changes_nothing_that_was_known_before() {
        Seeds.forEach(25, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            List<Event> log = stream(random, 30);
            int kept = 1 + random.nextInt(log.size() - 1);
            List<Event> poisoned = new ArrayList<>(log.subList(0, kept));
            long from = log.get(kept - 1).atMillis();
            for (int i = kept; i < log.size(); i++) {
                poisoned.add(event(
                        random,
                        "c-" + random.nextInt(3),
                        Instant.ofEpochMilli(Math.max(from, log.get(i).atMillis() + random.nextInt(1_000_000)))));
            }
            poisoned.subList(kept, poisoned.size()).sort(Comparator.comparingLong(Event::atMillis));
            Definition definition = definition(
                    new Moments(true, Duration.ofDays(1).toMillis(), Set.of(), Set.of(), 0), FeatureRules.STANDARD);
            assertThat(before(samples(definition, log, seed), kept))
                    .isNotEmpty()
                    .isEqualTo(before(samples(definition, poisoned, seed), kept));
        });
    }

    /** The rows of all moments before the time of the event that comes after those that are kept. */
    private static List<String> before(Sampled sampled, int kept) {
        long last = sampled.positions().get(kept - 1);
        return sampled.taken().stream()
                .filter(each -> each.id().position() <= last)
                .map(each -> each.id() + " " + each.atMillis() + " " + Arrays.toString(each.row()))
                .toList();
    }
}
