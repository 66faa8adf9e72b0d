package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.stream.Traffic;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts arrivals back into event-time order, ties in the order of arrival, by holding each until one has arrived that happened
 * the stream's lateness after it. A sorted ring: most events go to its end, and a late one moves past a few.
 */
public final class EventTimeOrder<E> implements Iterator<E> {

    private final Iterator<E> arrivals;
    private final ToLongFunction<E> time;
    private @Nullable Object[] events = new @Nullable Object[64];
    private long[] times = new long[64];
    private int head;
    private int held;
    private long latest = Long.MIN_VALUE;

    public EventTimeOrder(Iterator<E> arrivals, ToLongFunction<E> time) {
        this.arrivals = arrivals;
        this.time = time;
    }

    @Override
    public boolean hasNext() {
        return held > 0 || arrivals.hasNext();
    }

    @Override
    @SuppressWarnings("unchecked")
    public E next() {
        while ((held == 0 || times[head] > latest - Traffic.LATENESS_MILLIS) && arrivals.hasNext()) {
            hold(arrivals.next());
        }
        var first = events[head];
        if (held == 0 || first == null) {
            throw new NoSuchElementException("all events were given out");
        }
        events[head] = null;
        head = (head + 1) & (times.length - 1);
        held--;
        return (E) first;
    }

    private void hold(E event) {
        if (held == times.length) {
            grow();
        }
        var at = time.applyAsLong(event);
        var mask = times.length - 1;
        var slot = (head + held) & mask;
        for (var behind = held; behind > 0; behind--) {
            var before = (slot - 1) & mask;
            if (times[before] <= at) {
                break;
            }
            times[slot] = times[before];
            events[slot] = events[before];
            slot = before;
        }
        times[slot] = at;
        events[slot] = event;
        held++;
        latest = Math.max(latest, at);
    }

    private void grow() {
        var size = times.length;
        var moreEvents = new @Nullable Object[size * 2];
        var moreTimes = new long[size * 2];
        for (var i = 0; i < held; i++) {
            moreEvents[i] = events[(head + i) & (size - 1)];
            moreTimes[i] = times[(head + i) & (size - 1)];
        }
        events = moreEvents;
        times = moreTimes;
        head = 0;
    }
}
