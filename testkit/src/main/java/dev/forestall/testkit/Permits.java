package dev.forestall.testkit;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/** Permits for tests of what reads them. Outside of tests, only the loop makes any. */
public final class Permits {

    private Permits() {}

    /** As if the loop had given it. */
    public static Permit permit(EffectId id, RequestRef request, String channel, long atMillis, int attempt) {
        Writer written = new Writer();
        written.text(channel).whole(atMillis).count(attempt);
        return Permit.read(id, request, new Reader(written.toBytes()));
    }
}
