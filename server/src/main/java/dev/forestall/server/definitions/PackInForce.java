package dev.forestall.server.definitions;

import dev.forestall.loop.Definition;
import dev.forestall.pack.Pack;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The pack of the definition that is in force. The engine alone says which that is, from one record to the next; so a pack has to be known here
 * before its definition is activated. For any thread.
 */
public final class PackInForce {

    private final Supplier<Definition> inForce;
    private final Map<String, Pack> byHash = new ConcurrentHashMap<>();

    public PackInForce(Supplier<Definition> inForce, Pack pack) {
        this.inForce = inForce;
        know(pack);
    }

    /** Makes a pack known, in the place of one that means the same and reads its sources otherwise. */
    void know(Pack pack) {
        byHash.put(pack.definition().hash(), pack);
    }

    public Pack now() {
        return of(inForce.get());
    }

    /** The pack of a definition that is in force, or was since the start. */
    public Pack of(Definition definition) {
        String hash = definition.hash();
        Pack pack = byHash.get(hash);
        if (pack == null) {
            throw new IllegalStateException(
                    "definition " + hash + " is or was in force, and its pack was never made known");
        }
        return pack;
    }
}
