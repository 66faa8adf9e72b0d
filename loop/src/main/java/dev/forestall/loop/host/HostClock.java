package dev.forestall.loop.host;

import java.time.Duration;

/** What time it is, for hosts: the loop has no clock. For any thread. */
public interface HostClock {

    /** Milliseconds since 1970-01-01 UTC. */
    long nowMillis();

    /**
     * Calls back once, some time from now, on a thread that must not be held up.
     *
     * @param task does not throw
     */
    Alarm after(Duration delay, Runnable task);

    /** A call that is still to come. */
    interface Alarm {

        /** The call is not wanted any more. It may be under way already. */
        void cancel();
    }
}
