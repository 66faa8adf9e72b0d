package dev.forestall.acceptance.oracle;

import static dev.forestall.acceptance.oracle.BankLog.letters;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.Repository;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Deadline;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Hesitation;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Rework;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.pack.Pack;
import dev.forestall.pack.Packs;
import dev.forestall.testkit.MemoryHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** On the log of a real bank, the lending pack's signals are those of the oracle: the same applications at the same instants. */
class BankLogTest {

    @Test
    void every_signal_of_the_lending_pack_is_the_oracles() throws Exception {
        Pack pack = Packs.compile(Repository.root().resolve("packs/lending"));
        Definition definition = pack.definition();
        BankLog log = BankLog.read(pack);
        Map<String, List<Said>> said = said(definition, log);
        for (SignalRule<?> rule : definition.signals().all()) {
            List<Said> expected = new ArrayList<>(truth(definition, rule, log));
            Collections.sort(expected);
            List<Said> actual = said.getOrDefault(rule.name(), new ArrayList<>());
            Collections.sort(actual);
            assertThat(expected).as("the oracle on %s", rule.name()).isNotEmpty();
            assertThat(difference(actual, expected))
                    .as("said of %s by the loop alone", rule.name())
                    .isEmpty();
            assertThat(difference(expected, actual))
                    .as("said of %s by the oracle alone", rule.name())
                    .isEmpty();
            assertThat(actual).hasSameSizeAs(expected);
        }
    }

    /** The smallest value that so many percent do not exceed, found by counting. */
    private static long quantile(List<Long> values, int percent) {
        return values.stream()
                .filter(value ->
                        values.stream().filter(other -> other <= value).count() * 100 >= (long) values.size() * percent)
                .min(Long::compare)
                .orElseThrow();
    }

    @Test
    void what_the_pack_has_learned_is_what_the_oracle_counts() throws Exception {
        Pack pack = Packs.compile(Repository.root().resolve("packs/lending"));
        Journey journey = pack.definition().journeys().all().getFirst();
        BankLog log = BankLog.read(pack);
        String sent = letters(pack.definition().plan(), "offer_sent");
        String answered = letters(pack.definition().plan(), "offer_returned", "offer_declined");
        List<Long> completing = new ArrayList<>();
        List<Long> unanswered = new ArrayList<>();
        List<CohortOracle.Count> left = new ArrayList<>();
        log.byCustomer.forEach((customer, events) -> {
            for (Run run : Run.ofOne("", events, shape(journey), log.horizon)) {
                List<Run.Stay> moved = run.stays().subList(0, run.stays().size() - 1);
                moved.stream()
                        .filter(stay -> stay.step() == journey.step("completing"))
                        .forEach(stay -> completing.add(stay.to() - stay.from()));
                unanswered.addAll(waits(run.events(), sent, answered));
                CohortOracle.count(run, journey.step("offer"), "all", "all", left);
            }
        });
        var baselines = pack.baselines();
        var drags = requireNonNull(baselines.times().get("completion_drags"));
        assertThat(List.of(drags.n(), drags.p90())).containsExactly((long) completing.size(), quantile(completing, 90));
        var late = requireNonNull(baselines.times().get("offer_unanswered"));
        assertThat(List.of(late.n(), late.p75())).containsExactly((long) unanswered.size(), quantile(unanswered, 75));
        var share = requireNonNull(baselines.shares().get("amount_band_leaves"));
        assertThat(List.of(share.tried(), share.hit()))
                .containsExactly(
                        (long) left.size(),
                        left.stream().filter(CohortOracle.Count::hit).count());
    }

    /** From each X to the next X or Y. */
    private static List<Long> waits(List<Happening> events, String after, String without) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).is(after)) {
                long next = Oracles.nextOf(events, i, after + without);
                if (next != Truth.OPEN) {
                    waits.add(next - events.get(i).at());
                }
            }
        }
        return waits;
    }

    private static List<Said> difference(List<Said> one, List<Said> other) {
        Set<Said> others = new HashSet<>(other);
        return one.stream().filter(each -> !others.contains(each)).limit(10).toList();
    }

    private static Map<String, List<Said>> said(Definition definition, BankLog log) {
        Map<String, List<Said>> said = new TreeMap<>();
        for (Effect effect : MemoryHost.run(definition, log.events).effects()) {
            if (effect instanceof Effect.SignalChanged changed) {
                Signal signal = changed.signal();
                String subject = effect.subject().isCustomer()
                        ? effect.subject().key()
                        : effect.subject().toString();
                List<Said> about = said.computeIfAbsent(signal.name(), name -> new ArrayList<>());
                switch (signal) {
                    case Signal.Raised raised -> about.add(Said.raised(subject, "", raised.atMillis()));
                    case Signal.Ended ended -> about.add(Said.ended(subject, "", ended.atMillis()));
                    case Signal.Withdrawn withdrawn ->
                        throw new AssertionError("the log is in order, and yet " + withdrawn);
                    case Signal.Measured measured -> {}
                }
            }
        }
        return said;
    }

    private static List<Said> truth(Definition definition, SignalRule<?> rule, BankLog log) {
        if (rule.detector() instanceof Cohort cohort) {
            return cohort(definition, rule.name(), cohort, log);
        }
        Journey journey = rule.journey();
        List<Said> said = new ArrayList<>();
        log.byCustomer.forEach((customer, events) -> {
            Truth truth = new Truth(said, customer, "", log.horizon);
            if (journey == null) {
                ofCustomer(definition.plan(), rule.name()).tell(events, truth);
            } else {
                RunOracles.OfRun oracle = ofRun(rule, journey);
                Run.ofOne("", events, shape(journey), log.horizon).forEach(run -> oracle.tell(run, truth));
            }
        });
        return said;
    }

    /** The conditions of the pack, in the oracle's words. */
    private static Oracle ofCustomer(TrackingPlan plan, String signal) {
        return switch (signal) {
            case "another_offer" -> Oracles.repeat(letters(plan, "offer_sent"), 2, Truth.OPEN / 4);
            case "phoned_too_much" ->
                Oracles.repeat(
                        letters(plan, "completion_call_started", "offer_call_started", "documents_call_started"),
                        6,
                        Duration.ofDays(7).toMillis());
            default -> throw new AssertionError("the oracle has no words for the condition of " + signal);
        };
    }

    private static RunOracles.OfRun ofRun(SignalRule<?> rule, Journey journey) {
        return switch (rule.detector()) {
            case Repeat repeat ->
                RunOracles.inside(Oracles.repeat(letters(repeat.of()), repeat.times(), repeat.withinMillis()), true);
            case Stall stall ->
                RunOracles.inside(
                        Oracles.stall(letters(stall.after()), letters(stall.without()), stall.withinMillis()), false);
            case Sequence sequence ->
                RunOracles.inside(Oracles.sequence(parts(sequence), sequence.withinMillis()), false);
            case Deadline deadline -> {
                assertThat(deadline.when()).isEqualTo(Deadline.When.COMING_UP);
                yield RunOracles.inside(
                        Oracles.comingUp(
                                letters(deadline.promised()), letters(deadline.kept()), deadline.marginMillis()),
                        false);
            }
            case Hesitation hesitation ->
                RunOracles.hesitation(journey.step(hesitation.step()), hesitation.withinMillis());
            case Rework rework -> RunOracles.rework(rework.times());
            case Exit exit -> {
                Set<Integer> steps = new HashSet<>();
                exit.steps().forEach(step -> steps.add(journey.step(step)));
                yield RunOracles.exit(steps, exit.silenceMillis());
            }
            default -> throw new AssertionError("the oracle knows no " + rule.detector());
        };
    }

    private static List<Said> cohort(Definition definition, String name, Cohort cohort, BankLog log) {
        Cohort.Counts.Exits exits = (Cohort.Counts.Exits) cohort.counts();
        Cohort.Above.Expected above = (Cohort.Above.Expected) cohort.above();
        Journey journey = definition.journeys().all().getFirst();
        CohortOracle.Counted counted = (events, horizon) -> {
            List<CohortOracle.Count> counts = new ArrayList<>();
            log.byCustomer.forEach((customer, own) -> {
                for (Run run : Run.ofOne("", own, shape(journey), horizon)) {
                    String band = band(log.amounts.getOrDefault(customer, 0L));
                    CohortOracle.count(run, journey.step(exits.step()), band, band, counts);
                }
            });
            return counts;
        };
        return CohortOracle.of(
                        name,
                        counted,
                        cohort.bucketMillis(),
                        cohort.buckets(),
                        cohort.minimum(),
                        CohortOracle.beyondQuantile(above.expected(), above.level()))
                .of(List.of(), log.horizon);
    }

    private static String band(long amountMinor) {
        long amount = amountMinor / 100;
        return amount < 5_000
                ? "under 5,000"
                : amount < 10_000 ? "5,000 to 9,999" : amount < 20_000 ? "10,000 to 19,999" : "20,000 and more";
    }

    private static Run.Shape shape(Journey journey) {
        StringBuilder steps = new StringBuilder();
        for (Journey.Step step : journey.steps()) {
            String types = letters(step.enters());
            assertThat(types).as("one type enters step %s", step.name()).hasSize(1);
            steps.append(types);
        }
        return new Run.Shape(
                letters(journey.start()),
                steps.toString(),
                letters(journey.goal()),
                letters(journey.failed()),
                letters(journey.closed()),
                journey.abandonedAfterMillis());
    }

    private static String parts(Sequence sequence) {
        StringBuilder parts = new StringBuilder();
        for (Sequence.Part part : sequence.parts()) {
            String type = letters(part.of());
            parts.append(part.forbidden() ? type.toUpperCase(java.util.Locale.ROOT) : type);
        }
        return parts.toString();
    }
}
