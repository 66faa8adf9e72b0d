package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Tally;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts matches, one tally per thread. */
class Tallies implements Track {

    private final List<Tally> tallies = new CopyOnWriteArrayList<>();

    @Override
    public MatchSink sink() {
        var tally = new Tally();
        tallies.add(tally);
        return tally;
    }

    final Tally sum() {
        var sum = new Tally();
        tallies.forEach(sum::add);
        return sum;
    }
}
