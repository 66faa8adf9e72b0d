package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.pattern.Pattern;
import java.util.Set;

/** An engine that takes part. A new one is one more implementation and one more line in the list of contenders. */
public interface Contender {

    /** As it is called on the command line and in tables, for example {@code hand-written-2}. */
    String name();

    /** How many threads detect patterns. */
    int threads();

    /** Which patterns it is asked for; the answer must be right for these and empty for the others. */
    Set<Pattern> patterns();

    /** In which forms of the stream it takes part. */
    default boolean takesPart(Workload.Form form) {
        return true;
    }

    /** Into how many parts, by customer, it wants the stream split. */
    default int parts() {
        return threads();
    }

    /** Brings the input into the form that the engine reads, and starts what is started once. Not measured. */
    Race prepare(Workload workload) throws Exception;

    /** An engine at the start line. */
    @FunctionalInterface
    interface Race extends AutoCloseable {

        /**
         * Detects in the whole stream, with a new engine that knows nothing of an earlier run. All that was found has been
         * reported when this returns. Measured.
         */
        void run(Track track) throws Exception;

        @Override
        default void close() throws Exception {}
    }
}
