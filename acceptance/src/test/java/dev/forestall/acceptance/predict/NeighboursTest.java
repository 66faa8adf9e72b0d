package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.MemoryRun;
import dev.forestall.learning.gather.Gatherer;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.risk.Sample;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.TestPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What customers are told by groups and resources is known while history is learned from as it is live. */
class NeighboursTest {

    private static final Definition PLAIN = Neighbours.definition();
    private static final List<String> KEYS =
            PLAIN.features().all(Levels.NONE).stream().map(Feature::key).toList();

    private static final TestPlan NAMES = TestPlan.declare()
            .identifier("deviceId", 3)
            .event("call", "desk: string")
            .event("visit", "desk: string")
            .ready();
    private static final Definition SEVERAL = Neighbours.pack(NAMES)
            .prediction(new Prediction(
                    "visits",
                    new Question.Any(NAMES.any("visit")),
                    Neighbours.DAY,
                    new Moments(true, Neighbours.DAY, Set.of(), Set.of(), 0),
                    Condition.ALWAYS,
                    List.of(),
                    null,
                    0,
                    "visits"))
            .ready();

    private static void take(List<Effect> effects, List<Sample.Taken> taken) {
        for (Effect each : effects) {
            if (each instanceof Effect.Sampled sampled && sampled.sample() instanceof Sample.Taken sample) {
                taken.add(sample);
            }
        }
    }

    private static List<Sample.Taken> whileLearning(List<Event> log) {
        List<Sample.Taken> taken = new ArrayList<>();
        MemoryRun run = new MemoryRun(PLAIN.sampling(KEYS), effects -> take(effects, taken));
        log.forEach(run::accept);
        run.finish();
        return taken;
    }

    private static List<Sample.Taken> live(List<Event> log) {
        List<Sample.Taken> taken = new ArrayList<>();
        take(MemoryHost.run(PLAIN.sampling(KEYS), log).effects(), taken);
        return taken;
    }

    private static double value(Sample.Taken sample, String key) {
        return sample.row()[KEYS.indexOf(key)];
    }

    @Test
    void every_feature_of_every_moment_is_the_same_while_learning_and_live() {
        int off = 0;
        for (int seed = 0; seed < 20; seed++) {
            List<Event> log = Neighbours.stream(new SplittableRandom(seed), 250);
            List<Sample.Taken> learned = whileLearning(log);
            List<Sample.Taken> live = live(log);
            assertThat(learned).hasSameSizeAs(log);
            assertThat(live).hasSameSizeAs(log);
            for (int i = 0; i < learned.size(); i++) {
                assertThat(learned.get(i).id()).isEqualTo(live.get(i).id());
                assertThat(Arrays.equals(learned.get(i).row(), live.get(i).row()))
                        .as("seed %d, %s", seed, learned.get(i).id())
                        .isTrue();
                off += value(live.get(i), "context.busy_calls") == 1 ? 1 : 0;
            }
        }
        assertThat(off).as("moments at which a group is off").isGreaterThan(100);
    }

    @Test
    void who_turns_out_to_be_one_customer_is_known_alike_too() {
        List<String> keys =
                SEVERAL.features().all(Levels.NONE).stream().map(Feature::key).toList();
        int joined = 0;
        for (int seed = 0; seed < 25; seed++) {
            List<Event> log = severalNames(NAMES, new SplittableRandom(seed), 200);
            List<Sample.Taken> learned = new ArrayList<>();
            MemoryRun run = new MemoryRun(SEVERAL.sampling(keys), effects -> take(effects, learned));
            log.forEach(run::accept);
            run.finish();
            MemoryHost host = new MemoryHost(SEVERAL.sampling(keys));
            log.forEach(host::happened);
            host.end();
            List<Sample.Taken> live = new ArrayList<>();
            take(host.effects(), live);
            assertThat(inOrder(learned)).as("seed %d", seed).isEqualTo(inOrder(live));
            for (Sample.Taken each : learned) {
                SubjectId name = each.id().subject();
                assertThat(run.present(name)).isEqualTo(host.identity().customer(name));
                joined += run.present(name).equals(name) ? 0 : 1;
            }
        }
        assertThat(joined)
                .as("moments of customers who turned out to be somebody else")
                .isGreaterThan(300);
    }

    /** Against brute force over all pairs of a moment and an event. */
    @Test
    void what_came_of_a_customer_counts_for_her_moments_under_whatever_name() {
        int underAnother = 0;
        for (int seed = 0; seed < 15; seed++) {
            List<Event> log = severalNames(NAMES, new SplittableRandom(seed), 150);
            Definition sampling = SEVERAL.sampling(List.of("events"));
            List<Sample> samples = new ArrayList<>();
            Gatherer gatherer = new Gatherer(SEVERAL.risks().all().getFirst());
            MemoryRun run = new MemoryRun(sampling, effects -> {
                for (Effect each : effects) {
                    if (each instanceof Effect.Sampled sampled) {
                        samples.add(sampled.sample());
                        gatherer.after(sampled.sample());
                    }
                }
            });
            log.forEach(run::accept);
            run.finish();
            long end = log.stream().mapToLong(Event::atMillis).max().orElseThrow();
            List<String> gathered = new ArrayList<>();
            gatherer.into(
                    (subject, at, row, label, segment) -> gathered.add(subject + " " + at + " " + label),
                    end,
                    -1,
                    key -> run.present(SubjectId.customer(key)).key());

            MemoryHost host = new MemoryHost(sampling);
            List<Long> positions = log.stream().map(host::happened).toList();
            host.end();
            Map<Long, SubjectId> owner = new HashMap<>();
            samples.forEach(each -> owner.put(each.id().position(), each.id().subject()));
            List<String> expected = new ArrayList<>();
            for (Sample sample : samples) {
                if (!(sample instanceof Sample.Taken) || sample.atMillis() + Neighbours.DAY > end) {
                    continue;
                }
                SubjectId name = sample.id().subject();
                SubjectId person = host.identity().customer(name);
                boolean came = false;
                for (int i = 0; i < log.size(); i++) {
                    Event event = log.get(i);
                    // A fixed time is asked on the way to the event that comes after it, at the same position of the
                    // log.
                    long first = sample.id().position() + (event.atMillis() > sample.atMillis() ? 0 : 1);
                    boolean isWithin = event.atMillis() >= sample.atMillis()
                            && event.atMillis() <= sample.atMillis() + Neighbours.DAY
                            && positions.get(i) >= first;
                    if (isWithin && event.type().name().equals("visit")) {
                        SubjectId then = Objects.requireNonNull(owner.get(positions.get(i)));
                        boolean isHers = host.identity().customer(then).equals(person);
                        came |= isHers;
                        underAnother += isHers && !then.equals(name) ? 1 : 0;
                    }
                }
                expected.add(person.key() + " " + sample.atMillis() + " " + came);
            }
            assertThat(gathered).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(underAnother)
                .as("outcomes under another name than the moment")
                .isGreaterThan(50);
    }

    private static List<String> inOrder(List<Sample.Taken> samples) {
        return samples.stream()
                .map(each -> each.id() + " " + each.atMillis() + " " + Arrays.toString(each.row()))
                .sorted()
                .toList();
    }

    /** People with a device or two, who say now and then who they are. */
    private static List<Event> severalNames(TestPlan plan, RandomGenerator random, int size) {
        List<Event> events = new ArrayList<>();
        long at = Neighbours.START.toEpochMilli();
        for (int i = 0; i < size; i++) {
            at += random.nextLong(Neighbours.DAY / 4);
            int person = random.nextInt(6);
            TestPlan.Happening event = plan.event(random.nextInt(3) > 0 ? "call" : "visit")
                    .at(at - (random.nextInt(8) == 0 ? random.nextLong(Neighbours.DAY / 2) : 0));
            boolean isNamed = random.nextInt(4) == 0;
            event = isNamed ? event.of("u-" + person) : event.anonymous();
            if (!isNamed || random.nextBoolean()) {
                event.with("deviceId", "d-" + (2 * person + random.nextInt(random.nextInt(30) == 0 ? 4 : 2)));
            }
            if (random.nextBoolean()) {
                event.with("desk", random.nextBoolean() ? "north" : "south");
            }
            events.add(event.build());
        }
        return events;
    }

    @Test
    void how_busy_a_resource_is_is_what_brute_force_says() {
        int[] known = new int[1];
        Seeds.forEach(12, seed -> {
            List<Event> log = Neighbours.stream(new SplittableRandom(seed), 120);
            WorkloadOracle oracle = new WorkloadOracle(log);
            List<Sample.Taken> samples = whileLearning(log);
            for (int i = 0; i < log.size(); i++) {
                WorkloadOracle.Known expected = oracle.known(Neighbours.who(log.get(i)), i);
                assertThat(Float.valueOf((float) value(samples.get(i), "load(desk)")))
                        .as("load after event %d", i)
                        .isEqualTo(Float.valueOf((float) expected.uses()));
                assertThat(Float.valueOf((float) value(samples.get(i), "busy(desk)")))
                        .as("busy after event %d", i)
                        .isEqualTo(Float.valueOf((float) expected.busy()));
                known[0] += Double.isNaN(expected.busy()) ? 0 : 1;
            }
        });
        assertThat(known[0])
                .as("moments at which the load and its rule are known")
                .isGreaterThan(100);
    }
}
