package dev.forestall.benchmarks.stream;

import java.util.Locale;

/** How much happens. All sizes cover about 35 days, so only the number of customers and events grows. */
public enum StreamSize {
    /** For tests. */
    TINY(20_000, 800),
    SMALL(200_000, 8_000),
    MID(1_000_000, 40_000),
    FULL(5_000_000, 200_000);

    private final int events;
    private final int customers;

    StreamSize(int events, int customers) {
        this.events = events;
        this.customers = customers;
    }

    public int events() {
        return events;
    }

    /** Customers that exist; the quietest of them do nothing in the 35 days. */
    public int customers() {
        return customers;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static StreamSize of(String label) {
        for (var size : values()) {
            if (size.label().equals(label)) {
                return size;
            }
        }
        throw new IllegalArgumentException("unknown stream size '" + label + "', expected tiny, small, mid or full");
    }
}
