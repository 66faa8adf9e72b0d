package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of identifiers: read from the store, and put there with the next commit. What the input under way has changed stays
 * apart until that input is settled, because a commit of all that came before it must not hold any of it.
 */
final class StoredNodes implements IdentityStore {

    private final StateStore store;
    private final Map<Identifier, byte[]> settled = new LinkedHashMap<>();
    private final Map<Identifier, byte[]> underWay = new LinkedHashMap<>();

    StoredNodes(StateStore store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(Identifier identifier) {
        byte[] node = underWay.get(identifier);
        if (node == null) {
            node = settled.get(identifier);
        }
        return node != null ? node : store.node(Keys.of(identifier)).orElse(null);
    }

    @Override
    public void put(Identifier identifier, byte[] node) {
        underWay.put(identifier, node);
    }

    /** All that follows from the input under way has been done: its changes belong to the next commit. */
    void settle() {
        if (!underWay.isEmpty()) {
            settled.putAll(underWay);
            underWay.clear();
        }
    }

    void write(StateStore.Batch batch) {
        settled.forEach((identifier, node) -> batch.node(Keys.of(identifier), node));
    }

    void committed() {
        settled.clear();
    }
}
