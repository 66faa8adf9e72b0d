package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.pattern.Tally;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures how long after its due time each event's match is reported. Matches that time raised are counted, not measured. */
final class Stopwatches implements Track {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final Schedule schedule;
    private final int skipped;
    private final List<Stopwatch> stopwatches = new CopyOnWriteArrayList<>();

    /** @param skipped matches of this many first events are left out */
    Stopwatches(Schedule schedule, int skipped) {
        this.schedule = schedule;
        this.skipped = skipped;
    }

    @Override
    public MatchSink sink() {
        var stopwatch = new Stopwatch();
        stopwatches.add(stopwatch);
        return stopwatch;
    }

    Tally sum() {
        var sum = new Tally();
        stopwatches.forEach(stopwatch -> sum.add(stopwatch.tally));
        return sum;
    }

    Finding.Latency latency() {
        var all = new Histogram(LONGEST, 3);
        stopwatches.forEach(stopwatch -> all.add(stopwatch.histogram));
        return new Finding.Latency(
                all.getTotalCount(),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                all.getValueAtPercentile(99.9),
                all.getMaxValue());
    }

    private final class Stopwatch implements MatchSink {

        private final Tally tally = new Tally();
        private final Histogram histogram = new Histogram(LONGEST, 3);

        @Override
        public void match(Pattern pattern, String customer, long at, int cause) {
            if (cause >= skipped) {
                var late = System.nanoTime() - schedule.dueNanos(cause);
                histogram.recordValue(Math.clamp(late, 0, LONGEST));
            }
            tally.match(pattern, customer, at, cause);
        }
    }
}
