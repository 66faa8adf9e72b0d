package dev.forestall.server.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages write them: in UTC, which stands beside them. */
public final class Times {

    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 30 Nov 2026 14:02:09}. */
    public static String full(long millis) {
        return FULL.format(Instant.ofEpochMilli(millis));
    }

    /** {@code 14:02:09}. */
    public static String clock(long millis) {
        return CLOCK.format(Instant.ofEpochMilli(millis));
    }

    /** As programs read it. */
    public static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
