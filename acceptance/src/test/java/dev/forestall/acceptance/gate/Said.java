package dev.forestall.acceptance.gate;

import dev.forestall.loop.gate.Consent;
import org.jspecify.annotations.Nullable;

/** One thing that a gate is told or asked, with the time at which it is. Numbers of requests are of the history. */
sealed interface Said {

    long atMillis();

    record Agreement(long atMillis, Consent consent) implements Said {}

    record Suppression(long atMillis, String channel, long sinceMillis, long forMillis) implements Said {}

    record Reservation(long atMillis, int request, Declared.Asked asked, long untilMillis) implements Said {}

    record Contact(long atMillis, int request, Declared.Asked asked, long contactedMillis) implements Said {}

    record NoContact(long atMillis, int request) implements Said {}

    /** The customer is somewhere else from now on; null when nobody knows where. */
    record Zone(long atMillis, @Nullable String zone) implements Said {}

    record Question(long atMillis, Declared.Asked asked) implements Said {}
}
