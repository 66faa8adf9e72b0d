package dev.forestall.loop.host;

import java.time.Duration;

/** Too many ask at once: nothing was done, and asking again a little later helps. */
public final class EngineBusy extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    /**
     * @param because what there is too much of
     * @param retryAfter how long to wait before asking again, more than nothing
     */
    public EngineBusy(String because, Duration retryAfter) {
        super(because + ". Ask again in " + retryAfter.toMillis() + " ms");
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
