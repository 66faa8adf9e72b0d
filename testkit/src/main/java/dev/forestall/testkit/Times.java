package dev.forestall.testkit;

import java.time.Duration;
import java.time.Instant;

/** Instants for tests, counted from a Monday at midnight UTC. */
public final class Times {

    /** Monday, 5 January 2026, 00:00 UTC: when test stories begin. */
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private Times() {}

    public static Instant day(int days) {
        return START.plus(Duration.ofDays(days));
    }

    public static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    public static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
