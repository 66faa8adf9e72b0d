package dev.forestall.testkit;

import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityStore;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps in memory what is remembered of identifiers. */
public final class MemoryIdentityStore implements IdentityStore {

    private final SortedMap<Identifier, byte[]> nodes = new TreeMap<>();

    @Override
    public byte @Nullable [] get(Identifier identifier) {
        return nodes.get(identifier);
    }

    @Override
    public void put(Identifier identifier, byte[] node) {
        nodes.put(identifier, node);
    }

    /** All there is, by identifier. */
    public SortedMap<Identifier, byte[]> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }
}
