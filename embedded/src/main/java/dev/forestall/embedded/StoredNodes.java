package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of identifiers: read from the store, and put there with the next commit. What was looked at lately stays in memory,
 * as far as there is room: most events name somebody who was named a short time ago.
 */
final class StoredNodes implements IdentityStore {

    /** Roughly what an identifier takes in memory beside its node. */
    private static final int HELD_BYTES = 200;

    private static final byte[] NONE = {};

    private final StateView store;
    private final long cacheBytes;
    private final Map<Identifier, byte[]> fresh = new LinkedHashMap<>();

    /** Two generations: what is used moves to the young one; when that is full, the old one is forgotten. */
    private Map<Identifier, byte[]> young = new HashMap<>();

    private Map<Identifier, byte[]> old = new HashMap<>();
    private long youngBytes;

    /** For those who only read, while somebody else may write: nothing is kept in memory. */
    StoredNodes(StateView store) {
        this(store, 0);
    }

    /**
     * For the one who writes.
     *
     * @param cacheBytes how much memory nodes may take that were looked at lately, roughly
     */
    StoredNodes(StateView store, long cacheBytes) {
        this.store = store;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public byte @Nullable [] get(Identifier identifier) {
        byte[] node = fresh.get(identifier);
        if (node == null) {
            node = young.get(identifier);
        }
        if (node == null) {
            node = old.get(identifier);
            if (node == null) {
                node = store.node(Keys.of(identifier)).orElse(NONE);
            }
            keep(identifier, node);
        }
        return node == NONE ? null : node;
    }

    @Override
    public void put(Identifier identifier, byte[] node) {
        fresh.put(identifier, node);
    }

    private void keep(Identifier identifier, byte[] node) {
        if (cacheBytes == 0) {
            return;
        }
        if (youngBytes > cacheBytes / 2) {
            old = young;
            young = new HashMap<>();
            youngBytes = 0;
        }
        young.put(identifier, node);
        youngBytes += node.length + HELD_BYTES;
    }

    /** Forgets what is in memory of some: the store lets go of them. */
    void forget(List<Identifier> identifiers) {
        for (Identifier each : identifiers) {
            fresh.remove(each);
            young.remove(each);
            old.remove(each);
        }
    }

    void write(StateStore.Batch batch) {
        fresh.forEach((identifier, node) -> batch.node(Keys.of(identifier), node));
    }

    void committed() {
        fresh.forEach(this::keep);
        fresh.clear();
    }
}
