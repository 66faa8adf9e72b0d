package dev.forestall.embedded;

import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the effects, and up to where each has acknowledged them. The places are kept in the store, behind the effects they speak of:
 * a loss of power takes back a place before it takes back the effects in front of it. For any thread.
 */
final class Subscriptions implements AutoCloseable {

    private static final String STORED = "subscriptions";
    private static final String KEPT_FROM = "effects-kept-from";

    private final StateStore store;
    private final HostClock clock;
    private final Map<String, EffectFeed> attached = new LinkedHashMap<>();
    private final SequencedMap<String, Place> places;
    private boolean isClosed;

    /** What is stored under a name. */
    private record Place(EffectOffset next, @Nullable EffectOffset skippedTo) {}

    Subscriptions(StateStore store, HostClock clock) {
        this.store = store;
        this.clock = clock;
        this.places = store.named(STORED).map(Subscriptions::read).orElseGet(TreeMap::new);
    }

    /**
     * Lets a consumer read under a name.
     *
     * @throws IllegalStateException when somebody does already
     */
    synchronized Subscription attach(String name, SubscriptionStart start, EffectConsumer consumer, Retries retries) {
        requireOpen();
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("'" + name + "' is no name of a subscription");
        }
        if (attached.containsKey(name)) {
            throw new IllegalStateException("somebody reads the subscription '" + name + "' already");
        }
        begin(name, start);
        EffectFeed feed = new EffectFeed(name, this, store, consumer, retries, clock);
        attached.put(name, feed);
        feed.signal();
        return feed;
    }

    private void begin(String name, SubscriptionStart start) {
        Place known = places.get(name);
        Place place = switch (start) {
            case SubscriptionStart.At at -> keptAt(at.offset());
            case SubscriptionStart.Beginning beginning -> known == null ? keptAt(EffectOffset.BEGINNING) : known;
            case SubscriptionStart.Now now ->
                known == null ? new Place(new EffectOffset(store.position(), 0), null) : known;
        };
        if (!place.equals(known)) {
            places.put(name, place);
            save();
        }
    }

    /** The place, or the first one behind it where effects are kept. */
    private Place keptAt(EffectOffset offset) {
        EffectOffset first = new EffectOffset(
                store.named(KEPT_FROM).map(bytes -> new Reader(bytes).count()).orElse(0L), 0);
        return offset.compareTo(first) < 0 ? new Place(first, first) : new Place(offset, null);
    }

    /**
     * Forgets a subscription and its place.
     *
     * @return whether there was one
     */
    boolean forget(String name) {
        EffectFeed feed;
        synchronized (this) {
            feed = attached.get(name);
        }
        if (feed != null) {
            feed.close();
        }
        synchronized (this) {
            requireOpen();
            boolean wasKnown = places.remove(name) != null;
            if (wasKnown) {
                save();
            }
            return wasKnown;
        }
    }

    /** How all stand, attached or not, in the order of their names. */
    List<SubscriptionState> states() {
        List<SubscriptionState> states = new ArrayList<>();
        SequencedMap<String, Optional<EffectFeed>> all = new TreeMap<>();
        synchronized (this) {
            requireOpen();
            places.keySet().forEach(name -> all.put(name, Optional.ofNullable(attached.get(name))));
        }
        all.forEach((name, feed) -> states.add(feed.isPresent() ? feed.get().state() : detached(name)));
        return states;
    }

    private synchronized SubscriptionState detached(String name) {
        requireOpen();
        EffectOffset next = next(name);
        return new SubscriptionState(
                name, SubscriptionState.Phase.DETACHED, next, lag(next), 0, Optional.empty(), 0, skippedTo(name));
    }

    /** The effects of a commit can be read. */
    void signal() {
        List<EffectFeed> all;
        synchronized (this) {
            if (attached.isEmpty()) {
                return;
            }
            all = List.copyOf(attached.values());
        }
        all.forEach(EffectFeed::signal);
    }

    synchronized EffectOffset next(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalStateException("the subscription '" + name + "' has been forgotten");
        }
        return place.next;
    }

    synchronized Optional<EffectOffset> skippedTo(String name) {
        Place place = places.get(name);
        return place == null ? Optional.empty() : Optional.ofNullable(place.skippedTo);
    }

    /** How many committed effects are behind a place, up to a limit. */
    int lag(EffectOffset next) {
        int lag = 0;
        try (EffectCursor effects = new EffectCursor(store, next)) {
            while (lag < SubscriptionState.MAX_LAG && effects.hasNext()) {
                effects.skip();
                lag++;
            }
        }
        return lag;
    }

    /** Moves a place. Answers false when nobody wants to know any more. */
    synchronized boolean acknowledge(String name, EffectOffset next) {
        Place known = places.get(name);
        if (isClosed || known == null) {
            return false;
        }
        places.put(name, new Place(next, known.skippedTo));
        save();
        return true;
    }

    synchronized void detach(String name, EffectFeed feed) {
        attached.remove(name, feed);
    }

    /** Frees room as far as nobody has still to read it, and remembers from where on effects are kept. */
    synchronized SequencedMap<String, EffectOffset> retain(long fromPosition) {
        requireOpen();
        SequencedMap<String, EffectOffset> holding = new TreeMap<>();
        long keptFrom = fromPosition;
        for (Map.Entry<String, Place> each : places.entrySet()) {
            long needed = firstBehind(each.getValue().next);
            if (needed < fromPosition) {
                holding.put(each.getKey(), each.getValue().next);
                keptFrom = Math.min(keptFrom, needed);
            }
        }
        Writer to = new Writer();
        to.count(keptFrom);
        try (StateStore.Batch batch = store.batch()) {
            batch.named(KEPT_FROM, to.toBytes());
            store.commit(batch);
        }
        store.retain(keptFrom);
        return holding;
    }

    private long firstBehind(EffectOffset next) {
        try (EffectCursor effects = new EffectCursor(store, next)) {
            return effects.hasNext() ? effects.next().position() : Long.MAX_VALUE;
        }
    }

    /** Takes over the places of another store, as if everything in this one had been read: what it holds was not to be handed out. */
    static void passOn(StateStore from, StateStore to) {
        from.named(STORED).map(Subscriptions::read).ifPresent(places -> {
            places.replaceAll((name, place) -> new Place(new EffectOffset(to.position(), 0), place.skippedTo));
            save(to, places);
        });
    }

    private void save() {
        save(store, places);
    }

    private static void save(StateStore store, SequencedMap<String, Place> places) {
        Writer to = new Writer();
        to.count(places.size());
        places.forEach((name, place) -> {
            to.text(name);
            write(to, place.next);
            to.count(place.skippedTo == null ? 0 : 1);
            if (place.skippedTo != null) {
                write(to, place.skippedTo);
            }
        });
        try (StateStore.Batch batch = store.batch()) {
            batch.named(STORED, to.toBytes());
            store.commit(batch);
        }
    }

    private static void write(Writer to, EffectOffset offset) {
        to.count(offset.position()).count(offset.index());
    }

    private static SequencedMap<String, Place> read(byte[] bytes) {
        Reader from = new Reader(bytes);
        SequencedMap<String, Place> places = new TreeMap<>();
        for (int left = from.size(); left > 0; left--) {
            String name = from.text();
            EffectOffset next = readOffset(from);
            places.put(name, new Place(next, from.size() == 0 ? null : readOffset(from)));
        }
        return places;
    }

    private static EffectOffset readOffset(Reader from) {
        return new EffectOffset(from.count(), from.size());
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the host is closed");
        }
    }

    /** Stops all. Afterwards none of them touches the store; a consumer that hangs is not waited for. */
    @Override
    public void close() {
        List<EffectFeed> all;
        synchronized (this) {
            isClosed = true;
            all = List.copyOf(attached.values());
        }
        all.forEach(EffectFeed::close);
    }
}
