package dev.forestall.loop.request;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An action request may be sent now, once, on one channel. Only the loop makes a permit, and it counts only once the effect is committed: a
 * channel that takes a permit takes nothing that the gate has not let pass. Immutable.
 */
public final class Permit {

    /** Sending must begin within a minute. */
    public static final long VALID_MILLIS = 60_000;

    private final EffectId id;
    private final RequestRef request;
    private final String channel;
    private final long atMillis;
    private final int attempt;

    Permit(EffectId id, RequestRef request, String channel, long atMillis, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt " + attempt + " of " + request + " is impossible");
        }
        this.id = id;
        this.request = request;
        this.channel = channel;
        this.atMillis = atMillis;
        this.attempt = attempt;
    }

    /** Of this effect. */
    public EffectId id() {
        return id;
    }

    public RequestRef request() {
        return request;
    }

    /** The channel that the gate lets pass. */
    public String channel() {
        return channel;
    }

    /** When it was given, in milliseconds since 1970 UTC, by the clock of whoever asked. */
    public long atMillis() {
        return atMillis;
    }

    /** Until when sending may begin, the end not included. */
    public long validUntilMillis() {
        return atMillis + VALID_MILLIS;
    }

    public boolean isValid(long nowMillis) {
        return nowMillis >= atMillis && nowMillis < validUntilMillis();
    }

    /** How many permits the request has had with this one, from 1. */
    public int attempt() {
        return attempt;
    }

    /** For the codec of effects alone. */
    public void write(Writer to) {
        to.text(channel).whole(atMillis).count(attempt);
    }

    /** For the codec of effects alone: reads what {@link #write} wrote. */
    public static Permit read(EffectId id, RequestRef request, Reader from) {
        return new Permit(id, request, from.text(), from.whole(), from.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Permit permit
                && id.equals(permit.id)
                && request.equals(permit.request)
                && channel.equals(permit.channel)
                && atMillis == permit.atMillis
                && attempt == permit.attempt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, request, channel, atMillis, attempt);
    }

    @Override
    public String toString() {
        return "permit " + id + " for " + request + " on " + channel + " at " + atMillis + ", attempt " + attempt;
    }
}
