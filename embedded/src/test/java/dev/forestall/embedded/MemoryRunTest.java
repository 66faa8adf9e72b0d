package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Transcript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** With more customers than can be open at a time, so that they are closed and opened again all the while. */
class MemoryRunTest {

    private static final int CUSTOMERS = 3_000;
    private static final int EVENTS = 20_000;
    private static final long MINUTE = 60_000;

    private final TestPlan plan =
            TestPlan.declare().event("step").event("done").event("seen").ready();

    private final Definition pack = TestPack.of(plan)
            .signal("again", new Repeat(plan.any("step"), 3, 300 * MINUTE))
            .signal(SignalRule.ofCustomers("each", new Repeat(plan.any("seen"), 2, 60 * MINUTE))
                    .firing(SignalRule.Fires.EACH))
            .signal("stuck", new Stall(plan.any("step"), plan.any("done"), 20 * MINUTE))
            .signal(SignalRule.ofCustomers(
                            "stuck each", new Stall(plan.any("step"), plan.any("step", "done"), 9 * MINUTE))
                    .firing(SignalRule.Fires.EACH))
            .signal("less", new Decline(plan.any("seen", "step"), 0.5, 60 * MINUTE, 2, 2, 2, false))
            .ready();

    private final List<Event> events = stream();

    private List<Event> stream() {
        SplittableRandom random = new SplittableRandom(5);
        String[] types = {"step", "done", "seen", "seen"};
        List<Event> stream = new ArrayList<>();
        long at = 1_767_571_200_000L;
        for (int i = 0; i < EVENTS; i++) {
            at += random.nextInt(10_000);
            // A few are busy all the time, most now and then.
            int customer = random.nextInt(random.nextInt(1, CUSTOMERS));
            long late = random.nextInt(10) == 0 ? random.nextLong(40 * MINUTE) : 0;
            stream.add(plan.event(types[random.nextInt(types.length)])
                    .of("c-" + customer)
                    .at(at - late)
                    .build());
        }
        return stream;
    }

    @Test
    void states_and_effects_are_those_of_the_reference_one_by_one_and_by_batches() {
        MemoryHost reference = MemoryHost.run(pack, events);
        assertThat(reference.effects()).hasSizeGreaterThan(5_000);
        List<Effect> oneByOne = new ArrayList<>();
        MemoryRun first = new MemoryRun(pack, oneByOne::addAll);
        events.forEach(first::accept);
        first.finish();
        List<Effect> byBatches = new ArrayList<>();
        MemoryRun second = new MemoryRun(pack, byBatches::addAll);
        for (int from = 0; from < EVENTS; from += 100) {
            second.accept(events.subList(from, from + 100));
        }
        second.finish();
        assertThat(said(oneByOne)).isEqualTo(said(reference.effects()));
        assertThat(said(byBatches)).isEqualTo(said(reference.effects()));
        for (SubjectId subject : reference.states().keySet()) {
            State expected = reference.state(subject);
            assertThat(first.partition().state(subject)).isEqualTo(expected);
            assertThat(second.partition().state(subject)).isEqualTo(expected);
        }
    }

    private static List<String> said(List<Effect> effects) {
        return effects.stream()
                .sorted(Comparator.comparingLong((Effect effect) -> effect.id().position())
                        .thenComparing(Effect::subject)
                        .thenComparingInt(effect -> effect.id().index()))
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }
}
