package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.KeptOpen;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every input, in order or not. */
class WhateverHappensTest {

    private static final int RUNS = 80;

    private final Definition pack = Everything.pack();

    private static List<Event> stream(long seed) {
        Dice dice = new Dice(seed);
        return Everything.stream(dice, dice.between(5, 150));
    }

    private MemoryHost run(List<Event> log, MemoryHost.Stepper stepper) {
        MemoryHost host = new MemoryHost(pack, stepper);
        log.forEach(host::happened);
        host.end();
        return host;
    }

    private static void assertSame(MemoryHost one, MemoryHost other) {
        assertThat(Transcript.of(one.effects())).isEqualTo(Transcript.of(other.effects()));
        assertThat(one.effects().stream().map(Effect::id))
                .isEqualTo(other.effects().stream().map(Effect::id).toList());
        assertThat(one.states()).isEqualTo(other.states());
    }

    @Test
    void everything_in_the_pack_comes_up() {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= RUNS; seed++) {
            for (Effect effect : MemoryHost.run(pack, stream(seed)).effects()) {
                seen.add(kind(effect));
            }
        }
        for (var rule : pack.signals().all()) {
            assertThat(seen).contains("Raised " + rule.name());
        }
        assertThat(seen)
                .contains("Withdrawn stall", "Withdrawn absence", "Withdrawn exit", "Withdrawn missed")
                .contains("Merged by_subject", "Escalated by_subject", "Resolved by_subject", "Suppressed by_subject")
                .contains("Resolved by_run", "Escalated of_branch", "Resolved of_crowd")
                .contains(
                        "call TREATMENT", "nudge TREATMENT", "excuse TREATMENT", "nothing TREATMENT", "nothing CONTROL")
                .contains("good true", "good false", "calm true", "calm false")
                .contains("Count", "Notice", "ABANDONED", "REACHED_GOAL", "FAILED");
    }

    private static String kind(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned transitioned ->
                transitioned.transition().kind().name();
            case Effect.SignalChanged one ->
                one.signal().getClass().getSimpleName() + " " + one.signal().name();
            case Effect.ContextChanged one -> "affected by " + one.change().signal();
            case Effect.AlertChanged one ->
                one.alert().getClass().getSimpleName() + " " + one.alert().name();
            case Effect.Assigned one -> "assigned " + one.assignment().isControl();
            case Effect.Decided one ->
                one.decision().chosen() + " " + one.decision().group();
            case Effect.ActionRequested one -> one.request().task().action();
            case Effect.Permitted one -> "permitted " + one.permit().request().action();
            case Effect.RequestChanged one ->
                one.change().stage() + " " + one.change().request().action();
            case Effect.OutcomeObserved one ->
                one.outcome().name() + " " + one.outcome().success();
            case Effect.SendMessage send -> send.message().getClass().getSimpleName();
            case Effect.RiskChanged one ->
                one.risk().trigger() + " " + one.risk().change();
            case Effect.Explained one -> "why " + one.explanation().prediction();
            case Effect.Sampled one -> "sample of " + one.sample().prediction();
        };
    }

    @Test
    void the_same_input_twice_has_identical_effects_and_states() {
        Seeds.forEach(RUNS, seed -> assertSame(MemoryHost.run(pack, stream(seed)), MemoryHost.run(pack, stream(seed))));
    }

    @Test
    void a_loop_that_has_worked_before_does_what_a_new_one_does() {
        Seeds.forEach(
                RUNS,
                seed -> assertSame(
                        MemoryHost.run(pack, stream(seed)),
                        run(stream(seed), (subject, before, input) -> Loop.step(pack, subject, before, input))));
    }

    @Test
    void a_definition_built_anew_does_the_same() {
        Definition again = Everything.pack();
        Seeds.forEach(
                RUNS,
                seed -> assertSame(
                        MemoryHost.run(pack, stream(seed)),
                        run(stream(seed), (subject, before, input) -> Loop.step(again, subject, before, input))));
    }

    @Test
    void a_state_is_its_bytes_and_asks_for_the_wake_up_that_the_step_names() {
        Loop loop = new Loop(pack);
        Seeds.forEach(
                RUNS,
                seed -> assertSame(MemoryHost.run(pack, stream(seed)), run(stream(seed), (subject, before, input) -> {
                    Step step = loop.step(subject, State.of(before.bytes().clone()), input);
                    assertThat(Cells.nextWake(step.next())).isEqualTo(step.wakeMillis());
                    return step;
                })));
    }

    @Test
    void a_subject_that_is_kept_open_goes_on_as_if_it_had_been_written_and_read_at_each_step() {
        Seeds.forEach(
                RUNS,
                seed -> assertSame(MemoryHost.run(pack, stream(seed)), run(stream(seed), KeptOpen.steps(pack, seed))));
    }

    @Test
    void a_step_does_not_change_the_state_it_is_given() {
        Loop loop = new Loop(pack);
        Seeds.forEach(
                RUNS,
                seed -> run(stream(seed), (subject, before, input) -> {
                    byte[] copy = before.bytes().clone();
                    Step step = loop.step(subject, before, input);
                    assertThat(before.bytes()).isEqualTo(copy);
                    return step;
                }));
    }

    @Test
    void time_that_passes_when_nothing_is_due_changes_nothing() {
        Loop loop = new Loop(pack);
        Seeds.forEach(
                RUNS,
                seed -> run(stream(seed), (subject, before, input) -> {
                    Step step = loop.step(subject, before, input);
                    if (step.wakeMillis() != Cells.NEVER) {
                        Step none = loop.step(
                                subject, step.next(), new Input.TimeAdvanced(input.position(), 9, step.wakeMillis()));
                        assertThat(none.effects()).isEmpty();
                        assertThat(none.next()).isEqualTo(step.next());
                    }
                    return step;
                }));
    }

    /** Told earlier that time has passed, in as many steps as you like, a subject says the same of the same instants. */
    @Test
    void it_does_not_matter_how_finely_time_passes() {
        Loop loop = new Loop(pack);
        Seeds.forEach(RUNS, seed -> {
            Dice dice = new Dice(-seed);
            Map<SubjectId, Long> clocks = new HashMap<>();
            MemoryHost split = run(stream(seed), (subject, before, input) -> {
                // One position for the time that passes, the next for the input itself.
                long position = input.position() * 2;
                State state = before;
                List<Effect> effects = new ArrayList<>();
                if (!subject.isOnWatermark()) {
                    long until = clocks.getOrDefault(subject, input.atMillis());
                    for (int part = 0; part < 3 && until < input.atMillis(); part++) {
                        until = Math.min(input.atMillis(), until + dice.between(1, 15));
                        Step passed = loop.step(subject, state, new Input.TimeAdvanced(position, part, until));
                        effects.addAll(passed.effects());
                        state = passed.next();
                    }
                    clocks.merge(subject, input.atMillis(), Math::max);
                }
                Step last = loop.step(subject, state, moved(input, position + 1));
                effects.addAll(last.effects());
                return new Step(last.next(), effects, last.wakeMillis(), last.isLate());
            });
            MemoryHost calm = run(
                    stream(seed),
                    (subject, before, input) -> loop.step(subject, before, moved(input, input.position() * 2 + 1)));
            Map<String, List<String>> expected = bySubject(calm.effects());
            bySubject(split.effects())
                    .forEach((subject, said) ->
                            assertSameLines(subject, said, expected.getOrDefault(subject, List.of())));
        });
    }

    /** Names the first line that differs: both lists are long. */
    private static void assertSameLines(String subject, List<String> said, List<String> expected) {
        for (int i = 0; i < Math.max(said.size(), expected.size()); i++) {
            String one = i < said.size() ? said.get(i) : "nothing more";
            String other = i < expected.size() ? expected.get(i) : "nothing more";
            assertThat(one).as("line %d about %s", i, subject).isEqualTo(other);
        }
    }

    private static Input moved(Input input, long position) {
        return switch (input) {
            case Input.EventReceived received -> new Input.EventReceived(position, received.event());
            case Input.ReportReceived received ->
                new Input.ReportReceived(position, received.report(), received.receipt());
            case Input.TimeAdvanced advanced -> new Input.TimeAdvanced(position, advanced.part(), advanced.atMillis());
            case Input.MessageReceived received ->
                new Input.MessageReceived(
                        position, received.part(), received.atMillis(), received.from(), received.message());
        };
    }

    /** What was said about each subject, without the places in the log. */
    private static Map<String, List<String>> bySubject(List<Effect> effects) {
        return effects.stream()
                .collect(Collectors.groupingBy(
                        effect -> effect.subject().toString(),
                        TreeMap::new,
                        Collectors.mapping(
                                effect -> Transcript.line(effect).replaceAll("events \\[.*]", ""),
                                Collectors.toList())));
    }

    @Test
    void ids_are_never_used_twice() {
        Seeds.forEach(RUNS, seed -> {
            List<Effect> effects = MemoryHost.run(pack, stream(seed)).effects();
            assertThat(effects.stream().map(Effect::id)).doesNotHaveDuplicates();
            assertThat(effects.stream().map(effect -> effect.id().toString())).doesNotHaveDuplicates();
        });
    }

    @Test
    void every_cause_is_an_effect_that_came_before() {
        Seeds.forEach(RUNS, seed -> {
            Map<EffectId, Effect> before = new HashMap<>();
            for (Effect effect : MemoryHost.run(pack, stream(seed)).effects()) {
                for (EffectId cause : causes(effect)) {
                    assertThat(before)
                            .as("cause of %s", Transcript.line(effect))
                            .containsKey(cause);
                }
                before.put(effect.id(), effect);
            }
        });
    }

    private static List<EffectId> causes(Effect effect) {
        return switch (effect) {
            case Effect.SignalChanged one ->
                switch (one.signal()) {
                    case Signal.Ended ended -> List.of(ended.signal());
                    case Signal.Withdrawn withdrawn -> List.of(withdrawn.signal());
                    case Signal.Raised raised -> List.of();
                    case Signal.Measured measured -> List.of();
                };
            case Effect.ContextChanged one ->
                one.change().isActive() ? List.of() : List.of(one.change().began());
            case Effect.AlertChanged one ->
                switch (one.alert()) {
                    case Alert.Merged merged -> List.of(merged.cause(), merged.alert());
                    case Alert.Escalated escalated -> List.of(escalated.cause(), escalated.alert());
                    case Alert.Resolved resolved -> List.of(resolved.cause(), resolved.alert());
                    case Alert.Raised raised -> List.of(raised.cause());
                    case Alert.Suppressed suppressed -> List.of(suppressed.cause());
                };
            case Effect.RiskChanged one ->
                one.risk().since().equals(one.id())
                        ? List.of()
                        : List.of(one.risk().since());
            case Effect.Explained one -> List.of(one.explanation().risk());
            case Effect.Sampled one -> List.of();
            case Effect.Assigned one -> List.of();
            case Effect.Decided one -> one.decision().cause().stream().toList();
            case Effect.ActionRequested one -> one.request().source().causes();
            case Effect.Permitted one -> List.of(one.permit().request().id());
            case Effect.RequestChanged one -> List.of(one.change().request().id());
            case Effect.OutcomeObserved one -> List.of(one.outcome().decision());
            case Effect.Transitioned transitioned -> List.of();
            case Effect.SendMessage send -> List.of();
        };
    }

    /** A signal that fires once stands at most once at a time, ends at most once, and is taken back at most once. */
    @Test
    void signals_are_raised_ended_and_withdrawn_in_turn() {
        Seeds.forEach(RUNS, seed -> {
            Map<String, EffectId> standing = new HashMap<>();
            Set<EffectId> over = new HashSet<>();
            for (Effect effect : MemoryHost.run(pack, stream(seed)).effects()) {
                if (!(effect instanceof Effect.SignalChanged changed)) {
                    continue;
                }
                Signal signal = changed.signal();
                String which = effect.subject() + signal.name() + signal.journeyKey();
                boolean fresh = switch (signal) {
                    case Signal.Raised raised -> standing.put(which, raised.id()) == null || momentary(raised);
                    case Signal.Ended ended -> standing.remove(which, ended.signal());
                    case Signal.Withdrawn withdrawn ->
                        over.add(withdrawn.signal())
                                        && withdrawn.wasActive() == standing.remove(which, withdrawn.signal())
                                || !withdrawn.wasActive();
                    case Signal.Measured measured -> false;
                };
                assertThat(fresh).as(Transcript.line(effect)).isTrue();
            }
        });
    }

    private boolean momentary(Signal signal) {
        // What the end of a run raised is never said to have ended, and the next run of the same key starts anew.
        boolean inRun = !signal.journeyKey().isEmpty();
        return inRun || pack.signals().named(signal.name()).orElseThrow().isMomentary();
    }

    /** Alerts are open once at a time, and everything said about one is said while it is open. */
    @Test
    void alerts_are_raised_merged_paged_and_closed_in_turn() {
        Seeds.forEach(RUNS, seed -> {
            Map<String, EffectId> open = new HashMap<>();
            for (Effect effect : MemoryHost.run(pack, stream(seed)).effects()) {
                if (!(effect instanceof Effect.AlertChanged changed)) {
                    continue;
                }
                Alert alert = changed.alert();
                String which = effect.subject() + alert.name() + "/" + alert.journeyKey();
                boolean inTurn = switch (alert) {
                    case Alert.Raised raised -> open.put(which, raised.id()) == null;
                    case Alert.Merged merged -> merged.alert().equals(open.get(which));
                    case Alert.Escalated escalated -> escalated.alert().equals(open.get(which));
                    case Alert.Resolved resolved -> open.remove(which, resolved.alert());
                    case Alert.Suppressed suppressed -> !open.containsKey(which);
                };
                assertThat(inTurn).as(Transcript.line(effect)).isTrue();
            }
        });
    }

    @Test
    void each_decision_has_one_outcome_of_each_kind_at_most_and_performs_what_it_chose() {
        Seeds.forEach(RUNS, seed -> {
            Map<EffectId, Decision> decisions = new HashMap<>();
            Set<String> concluded = new HashSet<>();
            Set<EffectId> performed = new HashSet<>();
            for (Effect effect : MemoryHost.run(pack, stream(seed)).effects()) {
                if (effect instanceof Effect.Decided decided) {
                    decisions.put(decided.id(), decided.decision());
                } else if (effect instanceof Effect.ActionRequested one) {
                    EffectId decision = one.request().source().causes().getFirst();
                    assertThat(performed.add(decision)).isTrue();
                    assertThat(Objects.requireNonNull(decisions.get(decision)).chosen())
                            .isEqualTo(one.request().task().action());
                } else if (effect instanceof Effect.OutcomeObserved one) {
                    assertThat(concluded.add(
                                    one.outcome().decision() + one.outcome().name()))
                            .isTrue();
                    assertThat(one.outcome().group())
                            .isEqualTo(Objects.requireNonNull(
                                            decisions.get(one.outcome().decision()))
                                    .group());
                }
            }
            long chosen = decisions.values().stream()
                    .filter(each -> !each.chosen().equals("nothing"))
                    .count();
            assertThat(performed).hasSize((int) chosen);
        });
    }
}
