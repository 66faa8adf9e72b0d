package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.LogOptions;
import dev.forestall.embedded.StateOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.Transcript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {

    private static final SubjectId CUSTOMER = SubjectId.customer("c-1");

    private static final HostOptions SMALL_CHUNKS = HostOptions.defaults().withChunk(4);

    @Test
    void it_tells_after_each_chunk_how_far_it_is(@TempDir Path folder) {
        Definition before = TestPack.of(Shop.PLAN).ready();
        Definition after =
                TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();
        try (EmbeddedHost host = EmbeddedHost.open(folder, "test", before, SMALL_CHUNKS)) {
            for (int i = 0; i < 10; i++) {
                host.host().accept(new Logged.Arrived(new Origin("log", i, i + 1), Shop.event("called", Shop.day(0))));
            }
        }
        List<Long> reached = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        EmbeddedHost.backfill(folder, "test", after, SMALL_CHUNKS, (position, end) -> {
            reached.add(position);
            ends.add(end);
        });
        // Ten events, and before the first of them the tick that lets time begin.
        assertThat(reached).containsExactly(4L, 8L, 11L);
        assertThat(ends).containsOnly(11L);
    }

    private static void take(Host host, int from, int to) {
        for (int i = from; i < to; i++) {
            host.accept(new Logged.Arrived(new Origin("log", i, i + 1), Shop.event("called", Shop.day(i / 100))));
        }
    }

    private static List<String> said(EmbeddedHost host) {
        List<String> said = new ArrayList<>();
        try (Cursor<Effect> effects = host.host().effects()) {
            effects.forEachRemaining(effect -> said.add(effect.id() + " " + Transcript.line(effect)));
        }
        return said;
    }

    @Test
    void after_it_everything_is_as_if_the_new_pack_had_always_been_in_force(
            @TempDir Path changed, @TempDir Path always) {
        Definition before = TestPack.of(Shop.PLAN).ready();
        Definition after =
                TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();
        try (EmbeddedHost host = EmbeddedHost.open(changed, "test", before, SMALL_CHUNKS)) {
            take(host.host(), 0, 250);
        }
        EmbeddedHost.backfill(changed, "test", after, HostOptions.defaults(), (position, end) -> {});
        try (EmbeddedHost host = EmbeddedHost.open(changed, "test", after, SMALL_CHUNKS);
                EmbeddedHost other = EmbeddedHost.open(always, "test", after, SMALL_CHUNKS)) {
            take(host.host(), 250, 400);
            host.host().finish();
            take(other.host(), 0, 400);
            other.host().finish();
            assertThat(said(host)).isNotEmpty().isEqualTo(said(other));
            assertThat(host.host().state(CUSTOMER)).isEqualTo(other.host().state(CUSTOMER));
        }
    }

    @Test
    void what_was_let_go_for_its_age_is_not_passed_over_in_silence(@TempDir Path folder) {
        Definition before = TestPack.of(Shop.PLAN).ready();
        Definition after =
                TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();
        int events = 5_000;
        // Only whole files of the log are let go, so here they are small.
        var options = new DataDirectory.Options("test", new LogOptions(16 << 10, 8 << 10), StateOptions.defaults());
        try (DataDirectory data = DataDirectory.open(folder, options);
                Host host = new Host(before, data.log(), data.state(), HostOptions.defaults())) {
            take(host, 0, events);
            host.finish();
            State known = host.state(CUSTOMER);
            host.retain(Long.MAX_VALUE);
            assertThat(host.history().input(0)).isEmpty();
            assertThat(host.state(CUSTOMER)).isEqualTo(known);
            assertThatThrownBy(() -> host.history().now(CUSTOMER)).hasMessageContaining("let go for its age");
        }
        assertThatThrownBy(() ->
                        EmbeddedHost.backfill(folder, "test", after, HostOptions.defaults(), (position, end) -> {}))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("let go for its age");
        try (EmbeddedHost host = EmbeddedHost.open(folder, "test", before, HostOptions.defaults())) {
            take(host.host(), events, events + 10);
            host.host().finish();
            assertThat(host.host().progress().events()).isEqualTo(events + 10);
        }
    }
}
