package dev.forestall.acceptance.oracle;

import java.util.Comparator;
import java.util.List;

/**
 * One event as the oracle sees it.
 *
 * @param type one letter: a, b, c and d are events that matter, g and f end journeys well and badly, n is anything else
 * @param at when, in milliseconds
 * @param position its place in the order of arrival
 * @param customer whose it is
 * @param key which run or group it is about; empty when it does not say
 * @param number what it carries: a value, or a promised time
 */
record Happening(char type, long at, int position, String customer, String key, double number) {

    /** By time; at the same instant in the order of arrival. */
    static final Comparator<Happening> IN_TIME =
            Comparator.comparingLong(Happening::at).thenComparingInt(Happening::position);

    boolean is(String types) {
        return types.indexOf(type) >= 0;
    }

    static List<Happening> sorted(List<Happening> arrivals) {
        return arrivals.stream().sorted(IN_TIME).toList();
    }

    /** When the last of some was; the least instant when there are none. */
    static long latest(List<Happening> events) {
        return events.stream().mapToLong(Happening::at).max().orElse(Long.MIN_VALUE);
    }

    @Override
    public String toString() {
        return customer.substring(2) + type + "@" + at + (key.isEmpty() ? "" : key) + (number == 0 ? "" : "=" + number);
    }
}
