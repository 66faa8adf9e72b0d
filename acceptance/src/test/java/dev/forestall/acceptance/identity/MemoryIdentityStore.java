package dev.forestall.acceptance.identity;

import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityStore;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps nodes in memory. */
final class MemoryIdentityStore implements IdentityStore {

    private final SortedMap<Identifier, byte[]> nodes = new TreeMap<>();

    @Override
    public byte @Nullable [] get(Identifier identifier) {
        return nodes.get(identifier);
    }

    @Override
    public void put(Identifier identifier, byte[] node) {
        nodes.put(identifier, node);
    }

    SortedMap<Identifier, byte[]> nodes() {
        return nodes;
    }
}
