package dev.forestall.acceptance.gate;

import dev.forestall.loop.gate.Calendar;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.Consent;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.Purpose;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rules as a pack could declare them, drawn at random, and a history to try them on.
 *
 * @param zoneElse where customers are of whom it is not known
 */
record Declared(
        List<Purpose> purposes,
        List<Cap> caps,
        @Nullable DailyHours quiet,
        @Nullable Calendar calendar,
        String zoneElse,
        long releaseMillis,
        List<Said> history) {

    /** What is asked about. */
    record Asked(Purpose purpose, String channel, boolean isApproved) {}

    static final List<String> CHANNELS = List.of("email", "sms", "voice");

    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;

    /** Half hours, quarters, a day that was left out, summer time of 30 minutes and of minus one hour, and names that are none. */
    private static final List<String> ZONES = List.of(
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "Pacific/Chatham",
            "America/St_Johns",
            "Africa/Casablanca",
            "Europe/Dublin",
            "Europe/Berlin",
            "America/New_York",
            "America/Nuuk",
            "Nowhere/None",
            "");

    /** Days on which clocks are changed somewhere, among others the one that Apia left out. */
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2011, 12, 29),
            LocalDate.of(2011, 9, 23),
            LocalDate.of(2025, 3, 29),
            LocalDate.of(2025, 10, 25),
            LocalDate.of(2026, 4, 3),
            LocalDate.of(2025, 10, 3),
            LocalDate.of(2026, 3, 7),
            LocalDate.of(2025, 11, 1),
            LocalDate.of(2026, 2, 14),
            LocalDate.of(2034, 6, 1));

    static Declared random(SplittableRandom random) {
        List<Purpose> purposes = new ArrayList<>();
        for (String name : List.of("legal", "service", "marketing")) {
            purposes.add(new Purpose(
                    name,
                    random.nextInt(100),
                    random.nextInt(3) == 0,
                    random.nextInt(3) > 0,
                    random.nextInt(8) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(4) == 0));
        }
        LocalDate day = DAYS.get(random.nextInt(DAYS.size()));
        long from = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return new Declared(
                List.copyOf(purposes),
                caps(random),
                random.nextInt(4) == 0 ? null : hours(random),
                random.nextInt(3) > 0 ? null : calendar(random, day),
                random.nextBoolean() ? "Europe/Berlin" : "Asia/Kolkata",
                random.nextInt(3) == 0 ? 0 : random.nextInt(1, 90) * MINUTE,
                history(random, purposes, from));
    }

    private static List<Cap> caps(SplittableRandom random) {
        List<Cap> caps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int times = random.nextInt(1, 4);
            long within = random.nextBoolean() ? random.nextInt(1, 8) * DAY : random.nextInt(1, 8) * 30 * MINUTE;
            caps.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Cap(Cap.Scope.ALL, "", times, within);
                        case 1 ->
                            new Cap(Cap.Scope.PURPOSE, random.nextBoolean() ? "marketing" : "service", times, within);
                        default -> new Cap(Cap.Scope.CHANNEL, CHANNELS.get(random.nextInt(3)), times, within);
                    });
        }
        return caps;
    }

    private static DailyHours hours(SplittableRandom random) {
        int from = random.nextInt(48) * 30;
        int to = random.nextInt(1, 48) * 30;
        return switch (random.nextInt(4)) {
            case 0 -> new DailyHours(21 * 60, 8 * 60);
            case 1 -> new DailyHours(random.nextInt(22 * 60, 24 * 60), random.nextInt(60, 4 * 60));
            case 2 -> new DailyHours(random.nextInt(4) * 30, 120 + random.nextInt(4) * 15);
            default -> from == to ? new DailyHours(from, DailyHours.DAY) : new DailyHours(from, to);
        };
    }

    private static Calendar calendar(SplittableRandom random, LocalDate around) {
        TreeSet<DayOfWeek> weekdays = new TreeSet<>();
        for (DayOfWeek each : DayOfWeek.values()) {
            if (random.nextInt(3) > 0) {
                weekdays.add(each);
            }
        }
        weekdays.add(DayOfWeek.SUNDAY);
        TreeSet<LocalDate> holidays = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            holidays.add(around.plusDays(random.nextInt(-1, 6)));
        }
        int from = random.nextInt(46) * 30;
        return new Calendar(
                "business",
                random.nextBoolean() ? List.of() : List.of("voice"),
                weekdays,
                new DailyHours(from, random.nextInt(from + 1, DailyHours.DAY + 1)),
                holidays);
    }

    private static List<Said> history(SplittableRandom random, List<Purpose> purposes, long fromMillis) {
        List<Said> history = new ArrayList<>();
        long at = fromMillis + random.nextLong(DAY);
        int requests = 0;
        // On the half hour, many things are over at the very instant at which somebody asks.
        boolean isOnTheHalfHour = random.nextBoolean();
        if (isOnTheHalfHour) {
            at -= at % (30 * MINUTE);
        }
        for (int i = 0; i < 60; i++) {
            at += isOnTheHalfHour ? untilAHalfHour(random, at) : gap(random);
            Asked asked = new Asked(
                    purposes.get(random.nextInt(purposes.size())),
                    CHANNELS.get(random.nextInt(CHANNELS.size())),
                    random.nextInt(4) == 0);
            history.add(
                    switch (random.nextInt(12)) {
                        case 0, 1 -> new Said.Agreement(at, consent(random, at, i));
                        case 2 ->
                            new Said.Suppression(
                                    at,
                                    random.nextInt(3) == 0 ? "" : asked.channel(),
                                    at - random.nextInt(3) * 30 * MINUTE,
                                    random.nextInt(1, 40) * 30 * MINUTE);
                        case 3 -> new Said.Reservation(at, requests++, asked, at + random.nextInt(1, 40) * 10 * MINUTE);
                        case 4 ->
                            new Said.Contact(
                                    at,
                                    requests == 0 ? requests++ : random.nextInt(requests),
                                    asked,
                                    at - random.nextInt(2) * MINUTE);
                        case 5 -> new Said.NoContact(at, random.nextInt(requests + 1));
                        case 6 ->
                            new Said.Zone(at, random.nextInt(10) == 0 ? null : ZONES.get(random.nextInt(ZONES.size())));
                        default -> new Said.Question(at, asked);
                    });
        }
        return history;
    }

    /** To a half hour, or to the last millisecond before one. */
    private static long untilAHalfHour(SplittableRandom random, long at) {
        long next = Math.ceilDiv(at, 30 * MINUTE) * 30 * MINUTE + random.nextInt(4) * 30 * MINUTE;
        return Math.max(0, next - random.nextInt(2) - at);
    }

    private static long gap(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.nextInt(1, 20) * 10 * MINUTE;
            case 3 -> random.nextLong(DAY / 2);
            default -> random.nextInt(1, 12) * 30 * MINUTE;
        };
    }

    private static Consent consent(SplittableRandom random, long now, int position) {
        String purpose = random.nextInt(3) == 0
                ? ""
                : List.of("legal", "service", "marketing").get(random.nextInt(3));
        String channel = random.nextInt(2) == 0 ? "" : CHANNELS.get(random.nextInt(3));
        long at = now - random.nextInt(4) * 30 * MINUTE;
        long until = random.nextInt(3) == 0 ? Long.MAX_VALUE : at + random.nextInt(1, 60) * 30 * MINUTE;
        var consent = random.nextInt(3) > 0
                ? Consent.given(purpose, channel, at, until, "form", position)
                : Consent.withdrawn(purpose, channel, at, "form", position);
        return random.nextInt(6) == 0 ? consent.atUnknownTime(now) : consent;
    }
}
