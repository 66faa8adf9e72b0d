package dev.forestall.server.ingest;

import java.util.concurrent.ConcurrentHashMap;

/** Counts the requests under way that name their sender only in the body, by address. For any thread. */
final class Unnamed {

    /** So many at once per address. */
    private static final int AT_ONCE = 32;

    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /** Whether another one may begin. */
    boolean enter(String address) {
        boolean[] mayEnter = {true};
        underWay.compute(address, (key, count) -> {
            int now = count == null ? 0 : count;
            mayEnter[0] = now < AT_ONCE;
            return mayEnter[0] ? Integer.valueOf(now + 1) : Integer.valueOf(now);
        });
        return mayEnter[0];
    }

    void leave(String address) {
        underWay.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
