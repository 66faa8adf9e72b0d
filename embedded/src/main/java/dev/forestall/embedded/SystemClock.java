package dev.forestall.embedded;

import dev.forestall.loop.host.HostClock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clock. Has a thread only while somebody waits. */
public final class SystemClock implements HostClock {

    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "forestall-clock");
        thread.setDaemon(true);
        return thread;
    });

    public SystemClock() {
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setKeepAliveTime(10, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true);
    }

    @Override
    public long nowMillis() {
        return clock.millis();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        Future<?> alarm = alarms.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }
}
