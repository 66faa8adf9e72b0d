package dev.forestall.server.demo;

import dev.forestall.loop.host.HostClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that begins somewhere and runs faster than life. For any thread. */
public final class FastClock implements HostClock {

    private final HostClock real;
    private final long beganMillis;
    private final long startMillis;
    private final int speed;

    /**
     * @param start what time it is now by this clock
     * @param speed how many times faster than life it runs, at least 1
     */
    public FastClock(HostClock real, Instant start, int speed) {
        if (speed < 1) {
            throw new IllegalArgumentException("a clock " + speed + " times as fast as life goes nowhere");
        }
        this.real = real;
        this.beganMillis = real.nowMillis();
        this.startMillis = start.toEpochMilli();
        this.speed = speed;
    }

    @Override
    public long nowMillis() {
        return startMillis + (real.nowMillis() - beganMillis) * speed;
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        return real.after(untilThen(delay), task);
    }

    /** How long a time by this clock takes. */
    public Duration untilThen(Duration delay) {
        return delay.dividedBy(speed);
    }
}
