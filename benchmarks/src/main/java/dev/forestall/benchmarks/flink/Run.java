package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.engine.Workload;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What sources and sinks of one job share with the measuring side. Flink serialises every operator on the way to its thread, so
 * they carry a number and find the run by it: the one static map of these benchmarks.
 */
final class Run {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final ConcurrentHashMap<Long, Run> RUNNING = new ConcurrentHashMap<>();

    private final long number = NUMBERS.incrementAndGet();
    private final Workload workload;
    private final Track track;
    private final CyclicBarrier full;

    /** @param sinks how many sinks will see the end of their stream */
    private Run(Workload workload, Track track, int sinks) {
        this.workload = workload;
        this.track = track;
        this.full = new CyclicBarrier(sinks, track::full);
    }

    static Run start(Workload workload, Track track, int sinks) {
        var run = new Run(workload, track, sinks);
        RUNNING.put(run.number, run);
        return run;
    }

    static Run of(long number) {
        var run = RUNNING.get(number);
        if (run == null) {
            throw new IllegalStateException("run " + number + " is not running in this process");
        }
        return run;
    }

    void end() {
        RUNNING.remove(number);
    }

    long number() {
        return number;
    }

    Workload workload() {
        return workload;
    }

    Track track() {
        return track;
    }

    /** Waits until every sink has seen its last match, so that no operator gives its state up before all state was weighed. */
    void awaitFull() throws InterruptedException {
        try {
            full.await();
        } catch (java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException("another part of the job failed at its end", e);
        }
    }
}
