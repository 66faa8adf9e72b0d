package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class StoredNodesTest {

    private static final int IDENTIFIERS = 40;

    @Test
    void whatever_there_is_room_for_the_last_node_put_is_found_and_committed(TestInfo test) {
        Seeds.each(test, 50, (seed, random) -> {
            MemoryStateStore store = new MemoryStateStore();
            // From none to more than all of them need.
            StoredNodes nodes = new StoredNodes(store, random.nextInt(0, 20_000));
            Map<Identifier, byte[]> truth = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                Identifier identifier = new Identifier("deviceId", "d" + random.nextInt(IDENTIFIERS));
                switch (random.nextInt(20)) {
                    case 0 -> commit(nodes, store);
                    case 1, 2, 3, 4 -> {
                        byte[] node = {(byte) i, (byte) (i >> 8)};
                        nodes.put(identifier, node);
                        truth.put(identifier, node);
                    }
                    default -> assertThat(nodes.get(identifier)).as("at %s", i).isEqualTo(truth.get(identifier));
                }
            }
            commit(nodes, store);
            StoredNodes afterRestart = new StoredNodes(store);
            for (int i = 0; i < IDENTIFIERS; i++) {
                Identifier identifier = new Identifier("deviceId", "d" + i);
                assertThat(afterRestart.get(identifier)).isEqualTo(truth.get(identifier));
            }
        });
    }

    private static void commit(StoredNodes nodes, StateStore store) {
        try (StateStore.Batch batch = store.batch()) {
            nodes.write(batch);
            store.commit(batch);
        }
        nodes.committed();
    }

    @Test
    void who_only_reads_sees_what_somebody_else_has_committed() {
        MemoryStateStore store = new MemoryStateStore();
        Identifier tablet = new Identifier("deviceId", "tablet");
        StoredNodes reader = new StoredNodes(store);
        assertThat(reader.get(tablet)).isNull();

        StoredNodes writer = new StoredNodes(store, 1_000);
        writer.put(tablet, new byte[] {7});
        commit(writer, store);
        assertThat(reader.get(tablet)).containsExactly(7);
    }
}
