package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Pace;
import java.util.concurrent.atomic.AtomicLong;

/** A fixed rate of events. It starts with the first event that is waited for, and does not wait for an engine that is behind. */
final class Schedule implements Pace {

    private static final long NOT_STARTED = Long.MIN_VALUE;

    private final AtomicLong start = new AtomicLong(NOT_STARTED);
    private volatile long gapNanos;

    /** From now on as fast as the engine can: to warm it up. */
    void release() {
        gapNanos = 0;
        start.set(NOT_STARTED);
    }

    /** The next event that is waited for starts the clock anew. */
    void restart(int eventsPerSecond) {
        gapNanos = 1_000_000_000L / eventsPerSecond;
        start.set(NOT_STARTED);
    }

    @Override
    public void await(int sequence) {
        if (gapNanos == 0) {
            return;
        }
        if (start.get() == NOT_STARTED) {
            start.compareAndSet(NOT_STARTED, System.nanoTime() - sequence * gapNanos);
        }
        var due = dueNanos(sequence);
        while (System.nanoTime() < due) {
            // Sleeping is coarser than what is measured.
            Thread.onSpinWait();
        }
    }

    /** On the scale of {@link System#nanoTime()}. */
    long dueNanos(int sequence) {
        return start.get() + sequence * gapNanos;
    }
}
