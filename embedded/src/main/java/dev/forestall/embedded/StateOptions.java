package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore.Durability;

/**
 * How a {@link RocksStateStore} works.
 *
 * @param memoryBytes what it may take outside the Java heap for blocks it has read and changes it has not yet written to
 *     tables; at least 8 MiB. Working memory of RocksDB itself comes on top, some tens of MiB.
 * @param durability what a commit survives
 */
public record StateOptions(long memoryBytes, Durability durability) {

    public StateOptions {
        if (memoryBytes < 8 << 20) {
            throw new IllegalArgumentException("memoryBytes " + memoryBytes + " is less than 8 MiB");
        }
    }

    /** 128 MiB; a commit survives the death of the process. */
    public static StateOptions defaults() {
        return new StateOptions(128 << 20, Durability.PROCESS);
    }
}
