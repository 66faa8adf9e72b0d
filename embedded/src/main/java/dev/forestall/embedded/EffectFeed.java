package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.host.SubscriptionState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives one consumer its effects, on a thread of its own. The consumer is called without any lock, so that one that hangs holds up nobody;
 * the store is read with the feed's lock, so that closing knows when nobody reads any more.
 */
final class EffectFeed implements Subscription {

    /** So many effects are given at once, at most. */
    private static final int BATCH = 512;

    private final String name;
    private final Subscriptions places;
    private final StateStore store;
    private final EffectConsumer consumer;
    private final Retries retries;
    private final HostClock clock;
    private final ExecutorService thread;

    /** Whether the thread will look for more, so that it need not be told. */
    private final AtomicBoolean isTold = new AtomicBoolean();

    // With the lock of this:
    private @Nullable EffectCursor reading;
    private @Nullable EffectBatch held;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private HostClock.@Nullable Alarm alarm;
    private Phase phase = Phase.WAITING;
    private long sinceMillis;
    private int failures;
    private @Nullable String lastError;
    private boolean isClosed;

    EffectFeed(
            String name,
            Subscriptions places,
            StateStore store,
            EffectConsumer consumer,
            Retries retries,
            HostClock clock) {
        this.name = name;
        this.places = places;
        this.store = store;
        this.consumer = consumer;
        this.retries = retries;
        this.clock = clock;
        this.sinceMillis = clock.nowMillis();
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread named = new Thread(task, "forestall-subscription-" + name);
            named.setDaemon(true);
            return named;
        });
    }

    /** There may be more to read. */
    void signal() {
        if (isTold.compareAndSet(false, true)) {
            try {
                thread.execute(this::deliver);
            } catch (RejectedExecutionException closed) {
                // Closed a moment ago: nobody reads any more.
            }
        }
    }

    private void deliver() {
        isTold.set(false);
        for (EffectBatch batch = take(); batch != null; batch = take()) {
            try {
                consumer.accept(batch);
                acknowledge(batch);
            } catch (Throwable failed) {
                // Whatever it is, it is the consumer's: the host goes on.
                failed(failed);
            }
        }
    }

    /** The batch that is up; null when there is none, or it is not its time. */
    private @Nullable EffectBatch take() {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        EffectBatch batch = take(done);
        done.forEach(each -> each.complete(null));
        return batch;
    }

    private synchronized @Nullable EffectBatch take(List<CompletableFuture<Void>> done) {
        if (isClosed || phase == Phase.RETRYING || phase == Phase.STOPPED) {
            return null;
        }
        try {
            held = held == null ? read() : held;
        } catch (RuntimeException unreadable) {
            failed(unreadable);
            return null;
        }
        if (held == null) {
            enter(Phase.WAITING);
            done.addAll(waiting);
            waiting.clear();
        } else {
            enter(Phase.DELIVERING);
        }
        return held;
    }

    private @Nullable EffectBatch read() {
        EffectCursor cursor = reading != null ? reading : new EffectCursor(store, places.next(name));
        reading = cursor;
        List<Effect> effects = new ArrayList<>();
        while (effects.size() < BATCH && cursor.hasNext()) {
            effects.add(cursor.next().effect());
        }
        // An open cursor holds what it has seen against everybody who frees room. Only within a position is it worth
        // that: to find such
        // a place again, all in front of it has to be read.
        if (!cursor.isWithinPosition()) {
            cursor.close();
            reading = null;
        }
        return effects.isEmpty() ? null : new EffectBatch(effects, cursor.place());
    }

    private synchronized void acknowledge(EffectBatch batch) {
        if (!isClosed && places.acknowledge(name, batch.next())) {
            held = null;
            failures = 0;
        }
    }

    private synchronized void failed(Throwable failed) {
        if (isClosed) {
            return;
        }
        failures++;
        lastError = failed.toString();
        if (failures >= retries.attempts()) {
            enter(Phase.STOPPED);
        } else {
            enter(Phase.RETRYING);
            alarm = clock.after(retries.delay(failures), this::retry);
        }
    }

    private void retry() {
        synchronized (this) {
            if (phase != Phase.RETRYING) {
                return;
            }
            alarm = null;
            enter(Phase.WAITING);
        }
        signal();
    }

    @Override
    public void resume() {
        synchronized (this) {
            if (phase != Phase.RETRYING && phase != Phase.STOPPED) {
                return;
            }
            cancelAlarm();
            failures = 0;
            enter(Phase.WAITING);
        }
        signal();
    }

    private void enter(Phase next) {
        phase = next;
        sinceMillis = clock.nowMillis();
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    @Override
    public synchronized SubscriptionState state() {
        if (isClosed) {
            throw closed();
        }
        EffectOffset next = places.next(name);
        return new SubscriptionState(
                name,
                phase,
                next,
                places.lag(next),
                failures,
                Optional.ofNullable(lastError),
                sinceMillis,
                places.skippedTo(name));
    }

    @Override
    public CompletionStage<Void> caughtUp() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        synchronized (this) {
            if (isClosed) {
                return CompletableFuture.failedFuture(closed());
            }
            waiting.add(answer);
        }
        signal();
        return answer.minimalCompletionStage();
    }

    private IllegalStateException closed() {
        return new IllegalStateException("the subscription '" + name + "' is closed");
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> left;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            cancelAlarm();
            if (reading != null) {
                reading.close();
                reading = null;
            }
            left = List.copyOf(waiting);
            waiting.clear();
        }
        thread.shutdownNow();
        places.detach(name, this);
        left.forEach(each -> each.completeExceptionally(closed()));
    }
}
