package dev.forestall.acceptance.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Sample;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.Transcript;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A model that the loop cannot compute is asked at ticks, and what it answers is told, explained, acted on and kept like any other risk. */
class ExternalTest {

    private static final String MODEL = "f00d00000000";
    private static final List<FittedInput> INPUTS = List.of(
            new FittedInput("count(call)", 0, 4),
            new FittedInput("since(payment)", 0, 10),
            new FittedInput("context.busy_calls", 0, 1));

    private static final Definition LIVE = Neighbours.pack()
            .prediction(Neighbours.leaves(List.of(0.3, 0.7)))
            .ready()
            .answering("f00df00df00df00d", List.of(new Fitted("leaves", MODEL, INPUTS, null)), List.of());

    private static final Comparator<Effect> IN_LOG = Comparator.comparingLong(
                    (Effect effect) -> effect.id().position())
            .thenComparing(Effect::subject)
            .thenComparingInt(effect -> effect.id().index());

    /** Bends on calls, and cannot bear more than so many of them. */
    private static final class Bent implements ExternalModel {
        private final int most;
        private int asked;

        Bent(int most) {
            this.most = most;
        }

        static double probability(float[] row) {
            double since = Float.isNaN(row[1]) ? 3 : row[1];
            double logOdds = -2 + 0.6 * row[0] + (row[0] > 2 ? 0.1 * since : 0) + 1.5 * row[2];
            return 1 / (1 + Math.exp(-logOdds));
        }

        @Override
        public double[] probabilities(float[][] rows) {
            asked++;
            double[] probabilities = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                if (rows[i][0] > most) {
                    throw new IllegalStateException("more calls than it was made for: " + rows[i][0]);
                }
                probabilities[i] = probability(rows[i]);
            }
            return probabilities;
        }

        @Override
        public void close() {}
    }

    private static SortedMap<String, ExternalModel> models(ExternalModel model) {
        return new TreeMap<>(Map.of(MODEL, model));
    }

    private static MemoryHost reference(List<Event> log, ExternalModel model) {
        MemoryHost host = new MemoryHost(LIVE, new Loop(LIVE)::step, models(model));
        log.forEach(host::happened);
        host.end();
        return host;
    }

    private static Host host(HostOptions options, MemoryInputLog log, MemoryStateStore store) {
        return new Host(LIVE, log, store, options);
    }

    private static void happen(Host host, List<Event> events, int from, int to) {
        for (int i = from; i < to; i++) {
            host.accept(new Logged.Arrived(new Origin("stream", i, 0), events.get(i)));
        }
    }

    private static List<String> said(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.SendMessage))
                .sorted(IN_LOG)
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }

    @Test
    void every_host_says_the_same_also_when_it_stopped_half_way() {
        int[] risks = new int[1];
        Seeds.forEach(25, seed -> {
            Dice dice = new Dice(seed);
            List<Event> events = Neighbours.stream(new SplittableRandom(seed), dice.between(20, 300));
            MemoryHost reference = reference(events, new Bent(1_000));
            HostOptions options = new HostOptions(dice.between(1, 3), dice.between(1, 100), 1 << 20)
                    .withExternal(models(new Bent(1_000)));
            MemoryInputLog log = new MemoryInputLog();
            MemoryStateStore store = new MemoryStateStore();
            int half = dice.between(0, events.size());
            try (Host host = host(options, log, store)) {
                happen(host, events, 0, half);
            }
            try (Host host = host(options, log, store)) {
                happen(host, events, half, events.size());
                host.finish();
                List<Effect> heard = Cursors.toList(host.effects());
                assertThat(said(heard)).isEqualTo(said(reference.effects()));
                for (SubjectId subject : reference.states().keySet()) {
                    assertThat(host.state(subject)).as("%s", subject).isEqualTo(reference.state(subject));
                }
                risks[0] += (int) heard.stream()
                        .filter(Effect.RiskChanged.class::isInstance)
                        .count();
            }
        });
        assertThat(risks[0]).as("levels crossed").isGreaterThan(200);
    }

    @Test
    void the_latest_answer_is_what_the_model_says_of_the_latest_moment() {
        Seeds.forEach(10, seed -> {
            List<Event> events = Neighbours.stream(new SplittableRandom(seed), 150);
            Map<SubjectId, Double> expected = new HashMap<>();
            Definition sampling =
                    LIVE.sampling(INPUTS.stream().map(FittedInput::key).toList());
            for (Effect each : MemoryHost.run(sampling, events).effects()) {
                if (each instanceof Effect.Sampled sampled && sampled.sample() instanceof Sample.Taken taken) {
                    expected.put(taken.id().subject(), Bent.probability(taken.row()));
                }
            }
            MemoryHost host = reference(events, new Bent(1_000));
            Loop loop = new Loop(LIVE);
            expected.forEach((customer, probability) -> {
                double known = loop
                        .known(customer, host.state(customer), events.getLast().atMillis())
                        .stream()
                        .filter(each -> each.name().equals("risk.leaves"))
                        .findFirst()
                        .orElseThrow()
                        .number();
                assertThat(known).as("%s", customer).isEqualTo(probability);
            });
        });
    }

    @Test
    void each_rise_is_explained_and_the_parts_add_up() {
        List<Event> events = Neighbours.stream(new SplittableRandom(4), 300);
        List<Effect> effects = reference(events, new Bent(1_000)).effects();
        List<Explanation> explanations = effects.stream()
                .filter(Effect.Explained.class::isInstance)
                .map(each -> ((Effect.Explained) each).explanation())
                .toList();
        long rises = effects.stream()
                .filter(each -> each instanceof Effect.RiskChanged changed
                        && changed.risk().change() == Risk.Change.ROSE)
                .map(each -> ((Effect.RiskChanged) each).risk().id().position() + " " + each.subject())
                .distinct()
                .count();
        assertThat(explanations).hasSizeGreaterThan(10);
        assertThat((long) explanations.size()).isGreaterThanOrEqualTo(rises);
        for (Explanation each : explanations) {
            double inside = each.reasons().stream().mapToDouble(Reason::logOdds).sum();
            assertThat(logOdds(each.usual().value()) + inside + each.restLogOdds())
                    .isCloseTo(logOdds(each.probability().value()), within(1e-6));
        }
        assertThat(explanations.stream()
                        .flatMap(each -> each.reasons().stream())
                        .map(Reason::group))
                .contains("event call", "event payment");
        assertThat(explanations.stream()
                        .flatMap(each -> each.outside().stream())
                        .filter(each -> each.share() > 0))
                .isNotEmpty();
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    @Test
    void what_was_answered_is_known_later_without_asking_again() {
        List<Event> events = Neighbours.stream(new SplittableRandom(9), 200);
        Bent model = new Bent(1_000);
        HostOptions options = new HostOptions(1, 50, 1 << 20).withExternal(models(model));
        try (Host host = host(options, new MemoryInputLog(), new MemoryStateStore())) {
            happen(host, events, 0, events.size());
            host.finish();
            int asked = model.asked;
            for (int i = 0; i < 6; i++) {
                SubjectId customer = SubjectId.customer("c-" + i);
                assertThat(host.history().now(customer).state()).isEqualTo(host.state(customer));
            }
            assertThat(model.asked).isEqualTo(asked).isPositive();
        }
    }

    @Test
    void what_the_model_cannot_bear_is_counted_and_takes_no_other_with_it() {
        List<Event> events = Neighbours.stream(new SplittableRandom(2), 200);
        Map<Integer, Long> refused = new TreeMap<>();
        for (int most : new int[] {3, 1_000}) {
            HostOptions options = new HostOptions(2, 64, 1 << 20).withExternal(models(new Bent(most)));
            try (Host host = host(options, new MemoryInputLog(), new MemoryStateStore())) {
                happen(host, events, 0, events.size());
                host.finish();
                refused.put(most, host.progress().rejected().getOrDefault("RSK-001", 0L));
                assertThat(Cursors.toList(host.effects())).anyMatch(Effect.RiskChanged.class::isInstance);
            }
        }
        assertThat(refused.get(3)).isPositive();
        assertThat(refused.get(1_000)).isZero();
    }

    @Test
    void a_host_without_the_model_does_not_begin() {
        assertThatThrownBy(() -> host(HostOptions.defaults(), new MemoryInputLog(), new MemoryStateStore()))
                .hasMessageContaining("EMB-016")
                .hasMessageContaining(MODEL);
    }
}
