package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.MemoryRun;
import dev.forestall.learning.card.Evaluation;
import dev.forestall.learning.card.ModelCard;
import dev.forestall.learning.gather.Gatherer;
import dev.forestall.learning.gather.Survey;
import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Progress;
import dev.forestall.learning.train.Trained;
import dev.forestall.learning.train.Trainer;
import dev.forestall.learning.train.Usual;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Sample;
import dev.forestall.testkit.KeptOpen;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From history to a live answer: on made streams in which one cause drives who leaves, what is learned predicts it, means what it
 * says, and names the cause.
 */
class PredictTest {

    private static final TestPlan PLAN = TestPlan.declare()
            .event("visit", "page: string")
            .event("order", "amount: number")
            .event("failed_payment")
            .event("call", "topic: string")
            .event("left")
            .ready();

    private static final long WITHIN = Duration.ofDays(7).toMillis();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Prediction LEAVES = new Prediction(
            "leaves",
            new Question.Any(PLAN.any("left")),
            WITHIN,
            new Moments(true, Duration.ofDays(2).toMillis(), Set.of(), Set.of(), 0),
            Condition.ALWAYS,
            List.of(0.3, 0.6),
            null,
            0,
            "the customer leaves");

    private static final Definition PLAIN = TestPack.of(PLAN).prediction(LEAVES).ready();

    private static List<Event> history;
    private static Examples examples;
    private static Split split;
    private static Trained trained;
    private static ModelCard card;
    private static Definition live;

    /** Who had three failed payments within ten days mostly leaves within a week; everybody else seldom does. */
    private static List<Event> history(long seed, int customers) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>();
        for (int c = 0; c < customers; c++) {
            Instant at = START.plusSeconds(random.nextInt(120 * 86_400));
            List<Instant> failures = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String type = List.of("visit", "visit", "order", "call", "failed_payment")
                        .get(random.nextInt(random.nextInt(4) == 0 ? 5 : 4));
                events.add(event(type, "c-" + c, at, random));
                if (type.equals("failed_payment")) {
                    failures.add(at);
                    Instant recent = at.minus(Duration.ofDays(10));
                    long lately = failures.stream().filter(recent::isBefore).count();
                    if (lately >= 3 && random.nextInt(10) < 8 || random.nextInt(60) == 0) {
                        events.add(PLAN.event("left")
                                .of("c-" + c)
                                .at(at.plusSeconds(3_600 + random.nextInt(5 * 86_400)))
                                .build());
                        break;
                    }
                }
                at = at.plusSeconds(3_600 + random.nextInt(2 * 86_400));
            }
        }
        events.sort(Comparator.comparingLong(Event::atMillis));
        return events;
    }

    private static Event event(String type, String customer, Instant at, SplittableRandom random) {
        TestPlan.Happening event = PLAN.event(type).of(customer).at(at);
        switch (type) {
            case "visit" -> event.with("page", List.of("home", "help", "shop").get(random.nextInt(3)));
            case "order" -> event.with("amount", random.nextInt(2_000) / 10.0);
            case "call" -> event.with("topic", List.of("bill", "line").get(random.nextInt(2)));
            default -> {}
        }
        return event.build();
    }

    private static String who(Event event) {
        return Objects.requireNonNull(event.identifier(0));
    }

    private interface Take {
        void sample(Sample sample);
    }

    private static void replay(Definition sampling, Take take) {
        MemoryRun run = new MemoryRun(sampling, effects -> {
            for (Effect each : effects) {
                if (each instanceof Effect.Sampled sampled) {
                    take.sample(sampled.sample());
                }
            }
        });
        history.forEach(run::accept);
        run.finish();
    }

    @BeforeAll
    static void learn() {
        history = history(11, 900);
        Survey survey = new Survey(PLAIN.features());
        replay(PLAIN.sampling(Survey.keys(PLAIN.features())), survey::after);
        List<String> keys = survey.chosen(0.8);
        Gatherer gatherer = new Gatherer(LEAVES);
        replay(PLAIN.sampling(keys), gatherer::after);
        Examples.Builder table = Examples.of(keys.stream()
                .map(key -> PLAIN.features().find(key).orElseThrow())
                .map(feature -> new Column(feature.key(), feature.group(), feature.words()))
                .toList());
        gatherer.into(table::add, history.getLast().atMillis(), -1, name -> name);
        examples = table.ready();
        split = Split.byTime(examples, examples.all(), 0.25, WITHIN);
        Trainer trainer = new Trainer(examples, WITHIN, true, 1);
        trained = trainer.train(split.training(), Progress.SILENT);
        card = new Evaluation(examples, split, trained, trainer, 1).card("leaves", List.of(), 0, Progress.SILENT);
        live = PLAIN.answering("00aa00aa00aa00aa", List.of(fitted()), List.of());
    }

    private static Fitted fitted() {
        return new Fitted("leaves", "m-1", Usual.of(examples, split.training(), trained.columns()), trained.scorer());
    }

    @Test
    void what_was_learned_is_good_enough_to_be_used() {
        assertThat(card.verdict().usable()).as(card.verdict().toString()).isTrue();
        // Most moments are quiet ones: the cause speaks where it is at work, among the most endangered.
        assertThat(card.strongest()).extracting(ModelCard.Strength::group).contains("event failed_payment");
        assertThat(card.lifts().getFirst().times()).as(card.lifts().toString()).isGreaterThan(3);
    }

    @Test
    void live_answers_are_to_the_last_bit_those_of_the_rows_that_were_learned_from() {
        List<Event> some = history.stream()
                .filter(each -> Math.floorMod(who(each).hashCode(), 40) == 0)
                .toList();
        List<String> inputs =
                fitted().inputs().stream().map(Fitted.FittedInput::key).toList();
        MemoryHost sampling = MemoryHost.run(PLAIN.sampling(inputs), some);
        Map<String, Double> expected = new HashMap<>();
        for (Effect each : sampling.effects()) {
            if (each instanceof Effect.Sampled sampled && sampled.sample() instanceof Sample.Taken taken) {
                // The latest sample at an instant is the one that counts.
                expected.put(
                        taken.id().subject().key() + "@" + taken.atMillis(),
                        trained.scorer().probability(taken.row()));
            }
        }
        MemoryHost answering = new MemoryHost(live);
        Loop loop = new Loop(live);
        int compared = 0;
        for (Event event : some) {
            answering.happened(event);
            SubjectId customer = SubjectId.customer(who(event));
            double known = loop.known(customer, answering.state(customer), event.atMillis()).stream()
                    .filter(each -> each.name().equals("risk.leaves"))
                    .mapToDouble(Loop.Known::number)
                    .findFirst()
                    .orElse(Double.NaN);
            boolean isLatest = some.stream()
                    .filter(each ->
                            each.atMillis() == event.atMillis() && who(each).equals(who(event)))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .equals(event);
            if (isLatest) {
                assertThat(known).isEqualTo(expected.get(customer.key() + "@" + event.atMillis()));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    @Test
    void the_first_reason_names_the_planted_cause_for_nine_of_ten_who_are_affected() {
        List<Event> fresh = history(77, 500);
        MemoryHost host = MemoryHost.run(live, fresh);
        List<Explanation> explanations = host.effects().stream()
                .filter(Effect.Explained.class::isInstance)
                .map(each -> ((Effect.Explained) each).explanation())
                .filter(each -> each.probability().value() >= 0.3)
                .toList();
        long named = explanations.stream()
                .filter(each -> each.reasons().getFirst().group().equals("event failed_payment"))
                .count();
        assertThat(explanations.size()).isGreaterThan(50);
        assertThat((double) named / explanations.size()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void every_explanation_adds_up_and_belongs_to_a_rise() {
        MemoryHost host = MemoryHost.run(live, history(78, 300));
        Map<Object, Risk> risen = new HashMap<>();
        int explained = 0;
        for (Effect effect : host.effects()) {
            if (effect instanceof Effect.RiskChanged changed && changed.risk().change() == Risk.Change.ROSE) {
                risen.put(effect.id(), changed.risk());
            }
            if (effect instanceof Effect.Explained each) {
                Explanation why = each.explanation();
                assertThat(risen).containsKey(why.risk());
                double sum = logOdds(why.usual().value()) + why.restLogOdds();
                for (var reason : why.reasons()) {
                    sum += reason.logOdds();
                }
                assertThat(sum)
                        .isCloseTo(logOdds(why.probability().value()), org.assertj.core.data.Offset.offset(1e-9));
                assertThat(why.probability())
                        .isEqualTo(Objects.requireNonNull(risen.get(why.risk())).probability());
                explained++;
            }
        }
        assertThat(explained).isGreaterThan(20);
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    @Test
    void a_level_rises_once_and_falls_once_before_it_rises_again() {
        MemoryHost host = MemoryHost.run(live, history(79, 300));
        Map<String, Risk> open = new HashMap<>();
        int falls = 0;
        for (Effect effect : host.effects()) {
            if (effect instanceof Effect.RiskChanged changed) {
                Risk risk = changed.risk();
                String level = effect.subject() + " " + risk.trigger();
                if (risk.change() == Risk.Change.ROSE) {
                    assertThat(risk.probability().value())
                            .isGreaterThanOrEqualTo(risk.level().value());
                    assertThat(open.put(level, risk)).isNull();
                } else {
                    assertThat(Objects.requireNonNull(open.remove(level)).id()).isEqualTo(risk.since());
                    falls++;
                }
            }
        }
        assertThat(falls).isGreaterThan(10);
    }

    @Test
    void it_makes_no_difference_whether_customers_are_kept_open_between_steps() {
        List<Event> log = history(80, 60);
        MemoryHost calm = MemoryHost.run(live, log);
        MemoryHost open = new MemoryHost(live, KeptOpen.steps(live, 5));
        log.forEach(open::happened);
        open.end();
        assertThat(open.effects()).isEqualTo(calm.effects()).anyMatch(Effect.Explained.class::isInstance);
        assertThat(open.states()).isEqualTo(calm.states());
    }

    @Test
    void risks_and_their_explanations_survive_being_written() {
        EffectCodec codec = new EffectCodec();
        long seen = 0;
        for (Effect each : MemoryHost.run(live, history(81, 60)).effects()) {
            assertThat(EffectCodec.read(codec.write(each))).isEqualTo(each);
            seen += each instanceof Effect.Explained ? 1 : 0;
        }
        assertThat(seen).isPositive();
    }

    @Test
    void features_are_known_by_keys_that_find_them_again() {
        for (Feature each : PLAIN.features().all(dev.forestall.loop.feature.Levels.NONE)) {
            assertThat(PLAIN.features().find(each.key()).orElseThrow().words()).isEqualTo(each.words());
        }
    }
}
