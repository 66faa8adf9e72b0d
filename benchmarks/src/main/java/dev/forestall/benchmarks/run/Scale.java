package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Pace;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.stream.Activity;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Weighs the state that an engine holds at the end of the stream, as live heap after a full collection. */
final class Scale extends Tallies {

    private volatile long zero;
    private volatile long full;

    /** Takes what is on the heap now as nothing. */
    void zero() {
        zero = liveBytes();
    }

    @Override
    public void full() {
        full = liveBytes();
    }

    long held() {
        return full - zero;
    }

    /** So that what an engine needs merely to run is not counted as state. */
    Workload zeroAtFirstEvent(Workload workload) {
        return new Weighed(workload, this);
    }

    private static long liveBytes() {
        // Twice: what the first collection finds reachable only by finalisers and cleaners is gone after the second.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private record Weighed(Workload workload, Scale scale) implements Workload {

        @Override
        public Form form() {
            return workload.form();
        }

        @Override
        public Iterator<Activity> arrivals(int part, int parts) {
            var arrivals = workload.arrivals(part, parts);
            if (part == 0) {
                scale.zero();
            }
            return arrivals;
        }

        @Override
        public List<Path> files(int parts) {
            return workload.files(parts);
        }

        @Override
        public Path scratch() {
            return workload.scratch();
        }

        @Override
        public Pace pace() {
            return workload.pace();
        }
    }
}
