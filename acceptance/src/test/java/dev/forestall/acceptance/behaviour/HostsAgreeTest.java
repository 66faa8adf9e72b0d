package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.Transcript;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The embedded host keeps the order of the reference host: the same log gives the same states and the same effects, ids included. */
class HostsAgreeTest {

    private static final Comparator<Effect> IN_LOG = Comparator.comparingLong(
                    (Effect effect) -> effect.id().position())
            .thenComparing(Effect::subject)
            .thenComparingInt(effect -> effect.id().index());

    private final Definition pack = Everything.pack();

    @Test
    void the_embedded_host_says_what_the_reference_says_with_any_number_of_partitions_and_any_size_of_chunk() {
        Seeds.forEach(60, seed -> {
            Dice dice = new Dice(seed);
            List<Event> events = Everything.stream(dice, dice.between(5, 400));
            MemoryHost reference = MemoryHost.run(pack, events);
            var options = new HostOptions(dice.between(1, 3), dice.between(1, 500), 1 << dice.between(10, 20));
            try (Host host = new Host(pack, new MemoryInputLog(), new MemoryStateStore(), options)) {
                for (int i = 0; i < events.size(); i++) {
                    host.accept(new Logged.Arrived(new Origin("stream", i, 0), events.get(i)));
                }
                host.finish();
                assertThat(said(Cursors.toList(host.effects()))).isEqualTo(said(reference.effects()));
                for (SubjectId subject : reference.states().keySet()) {
                    assertThat(host.state(subject)).as("%s", subject).isEqualTo(reference.state(subject));
                }
            }
        });
    }

    /** In the order of the log; messages aside, which hosts keep where they are delivered. */
    private static List<String> said(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.SendMessage))
                .sorted(IN_LOG)
                .map(effect -> effect.id() + " " + Transcript.line(effect))
                .toList();
    }
}
