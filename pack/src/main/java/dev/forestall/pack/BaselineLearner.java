package dev.forestall.pack;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.signal.Signal;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers baselines from the effects of a replay with a pack that was compiled for learning. The order of the effects does not
 * matter. For one thread; eight bytes per observation.
 */
public final class BaselineLearner {

    private final Set<String> times;
    private final Set<String> shares;
    private final Map<String, Observed> observed = new TreeMap<>();
    private final Map<String, long[]> counted = new TreeMap<>();

    /** For the signals of a pack that need to be learned. */
    public BaselineLearner(Pack pack) {
        this.times = pack.learnedTimes();
        this.shares = pack.learnedShares();
    }

    /** Takes what one effect tells; most tell nothing. */
    public void after(Effect effect) {
        if (effect instanceof Effect.SignalChanged changed
                && changed.signal() instanceof Signal.Measured measured
                && times.contains(measured.name())) {
            observed.computeIfAbsent(measured.name(), name -> new Observed()).add(measured.millis());
        } else if (effect instanceof Effect.SendMessage send
                && send.message() instanceof Message.Count count
                && shares.contains(count.signal())) {
            long[] sums = counted.computeIfAbsent(count.signal(), name -> new long[2]);
            sums[0] += count.tried();
            sums[1] += count.hit();
        }
    }

    /** What was learned; signals of which nothing was observed are left out. */
    public Baselines learned(Baselines.Provenance provenance) {
        SortedMap<String, Baselines.Times> quantiles = new TreeMap<>();
        observed.forEach((name, each) -> quantiles.put(name, Baselines.Times.of(each.all())));
        SortedMap<String, Baselines.Share> usual = new TreeMap<>();
        counted.forEach((name, sums) -> usual.put(name, new Baselines.Share(sums[0], sums[1])));
        return new Baselines(provenance, quantiles, usual);
    }

    /** A growing array of times. */
    private static final class Observed {
        private long[] millis = new long[64];
        private int size;

        void add(long next) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, size * 2);
            }
            millis[size++] = next;
        }

        long[] all() {
            return Arrays.copyOf(millis, size);
        }
    }
}
