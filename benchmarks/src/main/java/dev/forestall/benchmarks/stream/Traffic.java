package dev.forestall.benchmarks.stream;

import java.time.Instant;
import java.util.Arrays;

/**
 * All that happens, in the order in which it arrives. About 9 % of the events arrive behind an event that happened up to
 * {@link #LATENESS_MILLIS} later; so a buffer of that length can put them back in order. The same size always gives the same
 * traffic.
 */
public final class Traffic {

    /** No event arrives behind one that happened more than this later. */
    public static final long LATENESS_MILLIS = 5_000;

    /** When the stream begins: a Monday. */
    static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

    private final StreamSize size;
    private final long[] happenings;
    private final String[] customers;

    /** @param happenings packed, in the order of arrival */
    Traffic(StreamSize size, long[] happenings) {
        this.size = size;
        this.happenings = happenings;
        this.customers = customers(size.customers());
    }

    public static Traffic of(StreamSize size) {
        return TrafficGenerator.generate(size);
    }

    public StreamSize size() {
        return size;
    }

    public int events() {
        return happenings.length;
    }

    /** Customers who did at least one thing. */
    public int activeCustomers() {
        var active = new boolean[customers.length];
        for (var happening : happenings) {
            active[Happening.customer(happening)] = true;
        }
        var count = 0;
        for (var isActive : active) {
            count += isActive ? 1 : 0;
        }
        return count;
    }

    /** What arrived as number {@code sequence}. All activities of a customer share one id object, those of a type one name. */
    public Activity activity(int sequence) {
        var happening = happenings[sequence];
        return new Activity(
                sequence,
                customers[Happening.customer(happening)],
                Happening.type(happening).wireName(),
                START + Happening.offsetMillis(happening));
    }

    /** Everything, in the order of arrival. */
    public Activity[] activities() {
        var all = new Activity[happenings.length];
        Arrays.setAll(all, this::activity);
        return all;
    }

    private static String[] customers(int count) {
        var names = new String[count];
        Arrays.setAll(names, Traffic::customerName);
        return names;
    }

    private static String customerName(int index) {
        var digits = Integer.toString(index);
        return "u-" + "0".repeat(7 - digits.length()) + digits;
    }
}
