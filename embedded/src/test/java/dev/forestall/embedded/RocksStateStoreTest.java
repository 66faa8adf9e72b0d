package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Durability;
import dev.forestall.testkit.contract.StateStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksStateStoreTest extends StateStoreContract {

    private static final StateOptions SMALL = new StateOptions(8 << 20, Durability.PROCESS);

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    @Override
    protected StateStore open(String name) {
        return RocksStateStore.open(directory.resolve(name), SMALL);
    }

    @Override
    protected void kill(String name, StateStore store) {
        ((RocksStateStore) store).abandon();
    }
}
