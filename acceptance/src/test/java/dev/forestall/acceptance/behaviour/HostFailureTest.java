package dev.forestall.acceptance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.embedded.Host;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.StateStore;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.Transcript;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a host makes of a store that fails and recovers. */
class HostFailureTest {

    private static final int CHUNK = 4;

    private final Definition pack =
            TestPack.of(Shop.PLAN).signal("chasing", Shop.chasing()).ready();

    @Test
    void nothing_is_committed_behind_what_failed_half_way() {
        MemoryInputLog log = new MemoryInputLog();
        MemoryStateStore store = new MemoryStateStore();
        CountDownLatch nextChunkWaits = new CountDownLatch(1);
        // Without room for what is not committed, every chunk is.
        HostOptions options = new HostOptions(1, CHUNK, 0);
        List<Logged.Arrived> calls = IntStream.range(0, 3 * CHUNK)
                .mapToObj(i -> new Logged.Arrived(
                        new Origin("calls", i, i + 1),
                        Shop.event("called", Shop.day(0).plusSeconds(i))))
                .toList();
        Host failing = new Host(pack, log, firstReadFails(store, nextChunkWaits), options);
        // The tick that lets time begin stands before the first call: two chunks are full, and a call is left over.
        calls.subList(0, 2 * CHUNK).forEach(failing::accept);
        nextChunkWaits.countDown();
        assertThatThrownBy(failing::commit).hasMessage("the disk is busy");
        assertThatThrownBy(failing::progress).hasMessage("the disk is busy");
        assertThatThrownBy(failing::close).hasMessage("the disk is busy");
        assertThat(store.position()).isZero();
        assertThat(Cursors.toList(store.effects(0))).isEmpty();

        List<Effect> found;
        try (Host again = new Host(pack, log, store, options)) {
            calls.forEach(again::accept);
            again.finish();
            found = Cursors.toList(again.effects());
        }
        List<Effect> expected = MemoryHost.run(
                        pack, calls.stream().map(Logged.Arrived::event).toList())
                .effects();
        assertThat(said(found)).isNotEmpty().isEqualTo(said(expected));
    }

    private static List<String> said(List<Effect> effects) {
        return effects.stream().map(Transcript::line).toList();
    }

    /** The store, but the first look at a subject waits until the next chunk waits, too, and then fails. */
    private static StateStore firstReadFails(StateStore store, CountDownLatch nextChunkWaits) {
        AtomicBoolean hasFailed = new AtomicBoolean();
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("get") && !hasFailed.getAndSet(true)) {
                        nextChunkWaits.await();
                        throw new IllegalStateException("the disk is busy");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
