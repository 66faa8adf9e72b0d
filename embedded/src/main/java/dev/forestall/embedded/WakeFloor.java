package dev.forestall.embedded;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Wake;
import java.util.List;

/**
 * Remembers an instant before which no wake-up is left, so that a search for due ones need not wade through the traces
 * of those long passed.
 */
final class WakeFloor {

    private long floorMillis = Long.MIN_VALUE;

    /** Reads wake-ups of a range of instants, both ends included, in order. */
    interface Search {
        List<Wake> wakes(long fromMillis, long untilMillis, int limit);
    }

    /**
     * Searches while no floor can be lowered: a wake-up that is committed meanwhile either is found or lowers the floor
     * afterwards.
     */
    synchronized List<Wake> due(long untilMillis, int limit, Search search) {
        if (untilMillis < floorMillis || limit < 1) {
            return List.of();
        }
        var due = search.wakes(floorMillis, untilMillis, limit);
        floorMillis = due.isEmpty()
                ? Math.min(untilMillis, StateStore.NEVER - 1) + 1
                : due.getFirst().atMillis();
        return due;
    }

    /** To be called when a wake-up has been committed. */
    synchronized void lower(long atMillis) {
        floorMillis = Math.min(floorMillis, atMillis);
    }
}
