package dev.forestall.testkit;

import dev.forestall.loop.host.HostClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that a test moves. For any thread; calls back on the thread that moves it. */
public final class ManualClock implements HostClock {

    private final List<Waiting> waiting = new ArrayList<>();
    private long nowMillis;

    private record Waiting(long atMillis, Runnable task) {}

    public ManualClock(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    @Override
    public synchronized long nowMillis() {
        return nowMillis;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Waiting one = new Waiting(nowMillis + delay.toMillis(), task);
        waiting.add(one);
        notifyAll();
        return () -> cancel(one);
    }

    private synchronized void cancel(Waiting one) {
        waiting.removeIf(each -> each == one);
    }

    /** Lets time pass, and calls back whoever waited for an instant up to then, in the order of the instants. */
    public void pass(Duration time) {
        long untilMillis = nowMillis() + time.toMillis();
        for (Optional<Runnable> due = takeDue(untilMillis); due.isPresent(); due = takeDue(untilMillis)) {
            due.get().run();
        }
    }

    private synchronized Optional<Runnable> takeDue(long untilMillis) {
        Optional<Waiting> due = waiting.stream()
                .filter(each -> each.atMillis <= untilMillis)
                .min(Comparator.comparingLong(Waiting::atMillis));
        due.ifPresent(waiting::remove);
        nowMillis = Math.max(nowMillis, due.map(Waiting::atMillis).orElse(untilMillis));
        return due.map(Waiting::task);
    }

    /** Waits until somebody waits for time to pass. */
    public synchronized void awaitWaiting() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiting.size();
    }
}
