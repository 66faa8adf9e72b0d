package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.Outlet;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.testkit.TestPack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {

    private static final HostOptions SMALL_CHUNKS = HostOptions.defaults().withChunk(4);

    @Test
    void it_tells_after_each_chunk_how_far_it_is(@TempDir Path folder) {
        Definition before = TestPack.of(Shop.PLAN).ready();
        Definition after =
                TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();
        try (EmbeddedHost host = EmbeddedHost.open(folder, "test", before, Outlet.NONE, SMALL_CHUNKS)) {
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
}
