package dev.forestall.server.live;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.projection.Projection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Tells watchers of effects as soon as these can be looked up. The rows are read once, whatever the number of watchers. For any thread.
 */
public final class LiveEffects implements AutoCloseable {

    /** As the engine knows it. */
    public static final String NAME = "live";

    /** So many rows are read at once. */
    private static final int PAGE = 500;

    private final Projection projection;
    private final Timeline timeline;
    private final Tenant tenant;
    private final Subscription subscription;
    private final Semaphore news = new Semaphore(1);
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Thread reader;
    private volatile String end;
    private volatile boolean isClosed;

    public LiveEffects(Engine engine, Projection projection, Timeline timeline, Tenant tenant) {
        this.projection = projection;
        this.timeline = timeline;
        this.tenant = tenant;
        this.end = timeline.end(tenant);
        // It only says that there is news; what it is, is read where everybody reads.
        this.subscription =
                engine.subscribe(NAME, new SubscriptionStart.Now(), batch -> news.release(), Retries.defaults());
        this.reader = Thread.ofVirtual().name("forestall-live").start(this::read);
    }

    private void read() {
        try {
            while (!isClosed) {
                news.acquire();
                news.drainPermits();
                projection.caughtUp().toCompletableFuture().get();
                for (List<EffectRow> rows = next(); !rows.isEmpty(); rows = next()) {
                    end = rows.getLast().cursor();
                    for (Watcher watcher : watchers) {
                        watcher.tell(rows);
                    }
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            // The projection is being closed, or has failed and says so itself: there is no news any more.
            watchers.forEach(Watcher::end);
        }
    }

    private List<EffectRow> next() {
        return timeline.since(tenant, end, PAGE);
    }

    /**
     * Begins to watch.
     *
     * @param after the place behind which to begin, from an earlier watch; empty to begin now
     * @throws IllegalArgumentException when it is no place
     */
    public Watcher watch(Optional<String> after) {
        Watcher watcher = new Watcher(this, timeline, tenant, after.orElse(end));
        watchers.add(watcher);
        return watcher;
    }

    void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Wakes all watchers up, to look at something else than effects. */
    public void nudge() {
        watchers.forEach(Watcher::nudge);
    }

    /** How many watch. */
    public int watchers() {
        return watchers.size();
    }

    /** Lets all watchers go. */
    @Override
    public void close() {
        isClosed = true;
        subscription.close();
        watchers.forEach(Watcher::end);
        reader.interrupt();
    }
}
