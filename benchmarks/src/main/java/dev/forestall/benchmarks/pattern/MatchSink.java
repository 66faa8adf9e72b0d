package dev.forestall.benchmarks.pattern;

/** Where an engine reports what it found. Used by one thread. */
public interface MatchSink {

    /** The cause of a match that no activity raised, but the passing of time. */
    int TIME = -1;

    /**
     * @param at when it matched, in milliseconds of event time
     * @param cause the sequence of the activity that raised the match, or {@link #TIME}
     */
    void match(Pattern pattern, String customer, long at, int cause);
}
