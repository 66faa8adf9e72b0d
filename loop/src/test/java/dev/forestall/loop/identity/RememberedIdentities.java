package dev.forestall.loop.identity;

import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An identity store in memory that counts what it is asked. */
final class RememberedIdentities implements IdentityStore {

    final SequencedMap<Identifier, byte[]> nodes = new TreeMap<>();
    int gets;
    int puts;

    @Override
    public byte @Nullable [] get(Identifier identifier) {
        gets++;
        return nodes.get(identifier);
    }

    @Override
    public void put(Identifier identifier, byte[] node) {
        puts++;
        nodes.put(identifier, node);
    }
}
