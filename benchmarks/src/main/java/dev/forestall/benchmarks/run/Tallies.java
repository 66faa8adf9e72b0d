package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Tally;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts matches, one tally per thread. */
class Tallies implements Track {

    private final List<Tally> tallies = new CopyOnWriteArrayList<>();
    private volatile Optional<Finding.Stored> stored = Optional.empty();

    @Override
    public MatchSink sink() {
        var tally = new Tally();
        tallies.add(tally);
        return tally;
    }

    @Override
    public void stored(long customers, long bytes) {
        stored = Optional.of(new Finding.Stored(customers, bytes));
    }

    final Optional<Finding.Stored> stored() {
        return stored;
    }

    final Tally sum() {
        var sum = new Tally();
        tallies.forEach(sum::add);
        return sum;
    }
}
