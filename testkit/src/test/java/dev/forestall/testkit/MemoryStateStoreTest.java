package dev.forestall.testkit;

import static dev.forestall.loop.host.StateStore.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Durability;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.testkit.contract.StateStoreContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryStateStoreTest extends StateStoreContract {

    private final Map<String, MemoryStateStore> stores = new HashMap<>();

    @Override
    protected StateStore open(String name) {
        return stores.computeIfAbsent(name, unused -> new MemoryStateStore()).reopen();
    }

    @Override
    protected void kill(String name, StateStore store) {}

    @Test
    void a_loss_of_power_takes_the_last_commits_that_were_not_synced_and_no_part_of_one() {
        var store = new MemoryStateStore();
        for (int i = 1; i <= 5; i++) {
            commit(store, i);
            if (i == 2) {
                store.sync();
            }
        }
        store.losePower(1);
        assertThat(store.position()).isEqualTo(3);
        assertThat(store.get(new byte[] {3})).isPresent();
        assertThat(store.get(new byte[] {4})).isEmpty();
        commit(store, 4);
        store.losePower(0);
        assertThat(store.position()).isEqualTo(3);
    }

    @Test
    void a_store_that_syncs_each_commit_loses_none() {
        var store = new MemoryStateStore(Durability.POWER);
        commit(store, 1);
        store.losePower(0);
        assertThat(store.position()).isEqualTo(1);
    }

    @Test
    void a_host_that_is_wrong_about_a_wake_up_is_told() {
        var store = new MemoryStateStore();
        commit(store, 1);
        var batch = store.batch().put(new byte[] {1}, new Saved(new byte[0], 5), NEVER);
        assertThatThrownBy(() -> store.commit(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("until now, but it is 1");
    }

    private static void commit(MemoryStateStore store, int number) {
        store.commit(store.batch()
                .put(new byte[] {(byte) number}, new Saved(new byte[0], number), NEVER)
                .position(number));
    }
}
