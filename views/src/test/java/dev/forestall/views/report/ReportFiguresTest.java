package dev.forestall.views.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.stories.SmallWorld;
import dev.forestall.views.report.Report.Endings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the figures of the report against a count by brute force, on what the real loop does with random customers. */
class ReportFiguresTest {

    private static final Definition DEFINITION = SmallWorld.definition();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void steps_signals_and_what_followed_them_are_counted_as_by_hand(long seed) {
        List<Effect> effects = life(seed, 300);
        Report report = report(effects, Crowd.USUAL_LIMIT);
        List<Run> runs = runs(effects);

        Report.JourneyReport journey = report.journeys().getFirst();
        assertThat(journey.started()).isEqualTo(runs.size());
        assertThat(journey.endings()).isEqualTo(endings(runs, run -> true));
        assertThat(journey.open())
                .isEqualTo(runs.stream().filter(run -> run.end == null).count());
        assertThat(journey.open()).isPositive();
        for (int step = 0; step <= 2; step++) {
            int here = step;
            Report.StepReport counted = journey.steps().get(step);
            assertThat(counted.runs())
                    .isEqualTo(runs.stream()
                            .filter(run -> run.steps.contains(here))
                            .count());
            assertThat(counted.endings()).isEqualTo(endings(runs, run -> run.steps.contains(here)));
            assertThat(counted.open())
                    .isEqualTo(runs.stream()
                            .filter(run -> run.end == null && run.step == here)
                            .count());
        }

        Report.SignalReport stall = signal(report, "offer_stall");
        assertThat(stall.runs())
                .isEqualTo(runs.stream()
                        .filter(run -> run.raised.containsKey("offer_stall"))
                        .count());
        RiskRatio ratio = stall.risks().getFirst().ratio();
        Predicate<Run> early = run -> run.hadBeforeItsEnd("offer_stall");
        assertThat(ratio.runs() + ratio.unmatched())
                .isEqualTo(endings(runs, early).decided());
        assertThat(ratio.bad()).isEqualTo(endings(runs, early).bad());
        // The stall is only possible in the steps that raised it, so only runs that were there are compared.
        Set<Integer> steps = new TreeSet<>();
        runs.stream().filter(early).forEach(run -> steps.add(run.stepWhen.getOrDefault("offer_stall", -1)));
        Predicate<Run> other =
                run -> !run.hadBeforeItsEnd("offer_stall") && run.steps.stream().anyMatch(steps::contains);
        assertThat(ratio.otherRuns()).isEqualTo(endings(runs, other).decided());
        assertThat(ratio.otherBad()).isEqualTo(endings(runs, other).bad());
        assertThat(ratio.interval()).isPresent();
    }

    @Test
    void a_signal_about_the_customer_counts_for_every_run_she_is_in_the_middle_of() {
        List<Effect> effects = life(4, 300);
        List<Run> runs = runs(effects);
        Report.SignalReport chasing = signal(report(effects, Crowd.USUAL_LIMIT), "chasing");
        assertThat(chasing.runs())
                .isEqualTo(runs.stream()
                        .filter(run -> run.raised.containsKey("chasing"))
                        .count());
        assertThat(chasing.runs()).isPositive();
        assertThat(chasing.subjects())
                .isEqualTo(effects.stream()
                        .filter(each -> each instanceof Effect.SignalChanged changed
                                && changed.signal() instanceof Signal.Raised raised
                                && raised.name().equals("chasing"))
                        .map(Effect::subject)
                        .distinct()
                        .count());
    }

    @Test
    void outcomes_count_each_customer_once_by_the_first_decision() {
        List<Effect> effects = life(5, 300);
        Report.OutcomeReport outcome =
                report(effects, Crowd.USUAL_LIMIT).outcomes().getFirst();
        Map<SubjectId, EffectId> firsts = new LinkedHashMap<>();
        long[] treatment = new long[2];
        long[] control = new long[2];
        for (Effect effect : effects) {
            if (effect instanceof Effect.Decided decided) {
                firsts.putIfAbsent(decided.subject(), decided.id());
            }
        }
        for (Effect effect : effects) {
            if (effect instanceof Effect.OutcomeObserved observed
                    && observed.outcome().decision().equals(firsts.get(effect.subject()))) {
                long[] arm = observed.outcome().group() == Decision.Group.TREATMENT ? treatment : control;
                arm[0]++;
                arm[1] += observed.outcome().success() ? 1 : 0;
            }
        }
        assertThat(outcome.difference()).isEqualTo(new Difference(treatment[0], treatment[1], control[0], control[1]));
        assertThat(treatment[0]).isPositive();
        assertThat(control[0]).isPositive();
        assertThat(outcome.treatment().of() + outcome.control().of()).isGreaterThan(treatment[0] + control[0]);
    }

    @Test
    void with_too_many_customers_the_figures_are_those_of_a_sample_of_them_and_say_so() {
        List<Effect> effects = life(6, 600);
        Report full = report(effects, Crowd.USUAL_LIMIT);
        Report thin = report(effects, 200);
        assertThat(full.oneIn()).isEqualTo(1);
        assertThat(thin.oneIn()).isBetween(4L, 16L);

        // What needs no memory per customer is still exact.
        assertThat(thin.journeys().getFirst().endings())
                .isEqualTo(full.journeys().getFirst().endings());
        assertThat(signal(thin, "offer_stall").raised())
                .isEqualTo(signal(full, "offer_stall").raised());

        // What needs it is exactly what the drawn customers did, however late they were thinned out.
        int level = Long.numberOfTrailingZeros(thin.oneIn());
        List<Effect> drawn = effects.stream()
                .filter(each -> Sample.levelOf(Sample.draw(each.subject())) >= level)
                .toList();
        Report ofDrawn = report(drawn, Crowd.USUAL_LIMIT);
        assertThat(signal(thin, "offer_stall").risks())
                .isEqualTo(signal(ofDrawn, "offer_stall").risks());
        assertThat(signal(thin, "offer_stall").early())
                .isEqualTo(signal(ofDrawn, "offer_stall").early());
        assertThat(signal(thin, "chasing").subjects())
                .isEqualTo(signal(ofDrawn, "chasing").subjects() * thin.oneIn());
        assertThat(thin.outcomes().getFirst().difference())
                .isEqualTo(ofDrawn.outcomes().getFirst().difference());
    }

    // ------------------------------------------------------------------ by brute force

    /** One run of the journey, with all that is known of it in the end. */
    private static final class Run {
        final Set<Integer> steps = new TreeSet<>(Set.of(0));
        final Map<String, Long> raised = new HashMap<>();
        final Map<String, Integer> stepWhen = new HashMap<>();
        int step;

        @Nullable
        Transition end;

        boolean hadBeforeItsEnd(String signal) {
            return end != null && raised.getOrDefault(signal, Long.MAX_VALUE) < end.atMillis();
        }
    }

    private static List<Run> runs(List<Effect> effects) {
        List<Run> runs = new ArrayList<>();
        Map<String, Run> open = new LinkedHashMap<>();
        for (Effect effect : effects) {
            String customer = effect.subject() + "/";
            if (effect instanceof Effect.Transitioned transitioned) {
                String id = customer + transitioned.transition().journeyKey();
                Run run = open.computeIfAbsent(id, started -> {
                    runs.add(new Run());
                    return runs.getLast();
                });
                if (transitioned.transition().kind().isEnd()) {
                    run.end = transitioned.transition();
                    open.remove(id);
                } else if (transitioned.transition().kind() == Transition.Kind.MOVED) {
                    run.step = transitioned.transition().to().equals("offer") ? 1 : 2;
                    run.steps.add(run.step);
                }
            }
            if (effect instanceof Effect.SignalChanged changed) {
                open.forEach((id, run) -> {
                    if (id.startsWith(customer)) {
                        signal(changed.signal(), id.substring(customer.length()), run);
                    }
                });
            }
        }
        return runs;
    }

    private static void signal(Signal signal, String key, Run run) {
        if (signal instanceof Signal.Raised raised
                && (raised.journeyKey().isEmpty() || raised.journeyKey().equals(key))) {
            run.raised.putIfAbsent(raised.name(), raised.atMillis());
            run.stepWhen.putIfAbsent(raised.name(), run.step);
        }
        if (signal instanceof Signal.Withdrawn withdrawn
                && run.raised.remove(withdrawn.name(), withdrawn.raisedAtMillis())) {
            run.stepWhen.remove(withdrawn.name());
        }
    }

    private static Endings endings(List<Run> runs, Predicate<Run> of) {
        Endings endings = Endings.NONE;
        for (Run run : runs) {
            if (of.test(run) && run.end != null) {
                endings = endings.plus(JourneyTally.ending(run.end.kind()));
            }
        }
        return endings;
    }

    private static Report.SignalReport signal(Report report, String name) {
        return report.signals().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Report report(List<Effect> effects, int limit) {
        ReportBuilder builder = new ReportBuilder(DEFINITION, EffectNames.PUBLISHED, limit);
        effects.forEach(builder::accept);
        Report.Facts facts = new Report.Facts(
                "random", "small", "0123456789abcdef", 0, 0, new LinkedHashMap<>(), 0, 0, 0, SmallWorld.at(400), 1);
        return builder.report(facts, List.of());
    }

    // ------------------------------------------------------------------ random customers

    /** Some hundred days of customers who apply, wait, call and go, some of them with two applications at once. */
    private static List<Effect> life(long seed, int customers) {
        Random random = new Random(seed);
        Loop loop = new Loop(DEFINITION);
        List<Effect> effects = new ArrayList<>();
        long position = 0;
        for (int customer = 0; customer < customers; customer++) {
            SubjectId subject = SubjectId.customer("c" + customer);
            State state = State.EMPTY;
            long at = SmallWorld.at(random.nextInt(50));
            for (int i = 0; i < 14; i++) {
                at += (long) (random.nextDouble() * random.nextDouble() * 20 * SmallWorld.DAY);
                // Now and then an event comes late, so that signals are withdrawn too.
                long when = random.nextInt(8) == 0 ? at - 6 * SmallWorld.DAY : at;
                var step = loop.step(
                        subject, state, new Input.EventReceived(position++, event(random, when, i, customer)));
                state = step.next();
                effects.addAll(step.effects());
            }
            if (random.nextBoolean()) {
                effects.addAll(loop.step(
                                subject, state, new Input.TimeAdvanced(position++, 0, at + 200 * SmallWorld.DAY))
                        .effects());
            }
        }
        return effects;
    }

    private static Event event(Random random, long atMillis, int number, int customer) {
        String[] names = {
            "applied", "offered", "offered", "checked", "called", "called", "approved", "cancelled", "declined"
        };
        String name = number < 2 ? "applied" : names[random.nextInt(names.length)];
        EventType type = SmallWorld.PLAN.type(name).orElseThrow();
        return Event.of(SmallWorld.PLAN, type, "", atMillis)
                .identifier(0, "c" + customer)
                .text(0, random.nextBoolean() ? "x" : "y")
                .text(1, "b" + customer % 7)
                .whole(2, 1_000_00)
                .build();
    }
}
