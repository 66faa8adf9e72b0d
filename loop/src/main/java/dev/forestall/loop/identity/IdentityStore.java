package dev.forestall.loop.identity;

import org.jspecify.annotations.Nullable;

/**
 * Where a host keeps what the graph remembers: some bytes for each identifier that has ever come together with another one.
 *
 * <p>What was put is seen by the next {@link #get}, and becomes durable together with the log position of the input that caused it.
 * Like a subject's state it is a cache of the log: emptied, it is filled again by resolving the log from its start.
 */
public interface IdentityStore {

    /** The bytes last put for an identifier, or null when there are none. The graph does not change them. */
    byte @Nullable [] get(Identifier identifier);

    /** Keeps bytes for an identifier, in the place of those before. */
    void put(Identifier identifier, byte[] node);
}
