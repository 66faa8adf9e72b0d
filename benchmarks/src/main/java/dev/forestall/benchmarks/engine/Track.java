package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.pattern.MatchSink;

/** What a run reports to. */
public interface Track {

    /** A new place to report matches to, for one thread. */
    MatchSink sink();

    /**
     * Called once, when all events have been worked on and while the engine still holds all its state, so that the state can be
     * weighed.
     */
    default void full() {}

    /**
     * Called by engines that keep state on disk, at their end.
     *
     * @param customers whose state is stored
     * @param bytes of their keys and states, before compression
     */
    default void stored(long customers, long bytes) {}
}
