package dev.forestall.benchmarks.engine;

/**
 * When each event is due, so that latency is measured from when it should have been worked on, not from when the engine got
 * round to it.
 */
public interface Pace {

    /** Returns when the event is due. */
    void await(int sequence);

    /** As fast as the engine can. */
    static Pace unlimited() {
        return sequence -> {};
    }
}
