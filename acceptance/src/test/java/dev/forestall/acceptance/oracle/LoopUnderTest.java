package dev.forestall.acceptance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.Signal;
import dev.forestall.testkit.KeptOpen;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Transcript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The loop, fed with the oracle's events and asked what it said. */
final class LoopUnderTest {

    /** Every event carries the same: a number, and which run or group it is about. */
    static final TestPlan PLAN = plan();

    static final String SIGNAL = "s";

    private LoopUnderTest() {}

    private static TestPlan plan() {
        var plan = TestPlan.declare();
        for (char type : "abcdgfn".toCharArray()) {
            plan.event(String.valueOf(type), "number: number", "key: string");
        }
        return plan.ready();
    }

    /** The names of types given as letters. */
    static String[] names(String types) {
        return types.chars().mapToObj(Character::toString).toArray(String[]::new);
    }

    static Formula number() {
        return PLAN.number("number");
    }

    static Journey journey(long abandonedAfter) {
        List<Journey.Step> steps = new ArrayList<>();
        for (String step : names(Run.plain(0).steps())) {
            steps.add(new Journey.Step(step, PLAN.any(step)));
        }
        return new Journey(
                "j",
                PLAN.key("key"),
                PLAN.any("a"),
                steps,
                PLAN.any("g"),
                PLAN.any("f"),
                PLAN.any(),
                abandonedAfter,
                null,
                null);
    }

    static List<Event> events(List<Happening> arrivals) {
        return arrivals.stream()
                .map(each -> {
                    var event = PLAN.event(String.valueOf(each.type()))
                            .of(each.customer())
                            .at(each.at())
                            .with("number", each.number());
                    return each.key().isEmpty()
                            ? event.build()
                            : event.with("key", each.key()).build();
                })
                .toList();
    }

    /** All that was said, whether it was taken back later or not. */
    static List<Said> said(Definition definition, List<Happening> arrivals) {
        List<Said> said = new ArrayList<>();
        for (Signal signal : signals(definition, arrivals)) {
            switch (signal) {
                case Signal.Raised raised ->
                    said.add(Said.raised(subject(raised), raised.journeyKey(), raised.atMillis()));
                case Signal.Ended ended -> said.add(Said.ended(subject(ended), ended.journeyKey(), ended.atMillis()));
                case Signal.Withdrawn withdrawn ->
                    throw new AssertionError("input in order withdrew a signal: " + withdrawn);
                case Signal.Measured measured -> {}
            }
        }
        Collections.sort(said);
        return said;
    }

    /** What was raised and not taken back. */
    static List<Said> net(Definition definition, List<Happening> arrivals) {
        List<Signal> signals = signals(definition, arrivals);
        Set<EffectId> withdrawn = new HashSet<>();
        for (Signal signal : signals) {
            if (signal instanceof Signal.Withdrawn back && !withdrawn.add(back.signal())) {
                throw new AssertionError("withdrawn twice: " + back);
            }
        }
        return signals.stream()
                .filter(signal -> signal instanceof Signal.Raised && !withdrawn.contains(signal.id()))
                .map(signal -> Said.raised(subject(signal), signal.journeyKey(), signal.atMillis()))
                .sorted()
                .toList();
    }

    static long withdrawn(Definition definition, List<Happening> arrivals) {
        return signals(definition, arrivals).stream()
                .filter(Signal.Withdrawn.class::isInstance)
                .count();
    }

    private static List<Signal> signals(Definition definition, List<Happening> arrivals) {
        List<Event> events = events(arrivals);
        List<Effect> effects = MemoryHost.run(definition, events).effects();
        assertThat(Transcript.of(keptOpen(definition, events))).isEqualTo(Transcript.of(effects));
        return effects.stream()
                .filter(Effect.SignalChanged.class::isInstance)
                .map(effect -> ((Effect.SignalChanged) effect).signal())
                .filter(signal -> signal.name().equals(SIGNAL))
                .toList();
    }

    /** The same with subjects that are written and read only now and then. */
    private static List<Effect> keptOpen(Definition definition, List<Event> events) {
        MemoryHost host = new MemoryHost(definition, KeptOpen.steps(definition, events.size()));
        events.forEach(host::happened);
        host.end();
        return host.effects();
    }

    private static String subject(Signal signal) {
        SubjectId subject = signal.id().subject();
        return subject.isCustomer() ? subject.key() : subject.toString();
    }
}
