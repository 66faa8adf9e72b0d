package dev.forestall.loop.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When something may go out in one zone: outside of the quiet hours, and within the calendar. What the clock where the customer is shows
 * decides. So an hour that is skipped when clocks go forward is neither quiet nor open, and one that comes twice when they go back is quiet or
 * open twice.
 */
final class OpenTimes {

    /** So far it is looked ahead. */
    private static final long HORIZON_MILLIS = 400L * 86_400_000;

    private static final int DAY_MILLIS = 86_400_000;

    /** No instant within the horizon. */
    static final long NONE = Long.MAX_VALUE;

    private final ZoneRules rules;
    private final @Nullable DailyHours quiet;
    private final @Nullable Calendar calendar;

    /** What the clock shows whenever something may change, in milliseconds of the day. */
    private final TreeSet<Integer> changes = new TreeSet<>();

    OpenTimes(ZoneId zone, @Nullable DailyHours quiet, @Nullable Calendar calendar) {
        this.rules = zone.getRules();
        this.quiet = quiet;
        this.calendar = calendar;
        if (quiet != null) {
            changes(quiet);
        }
        if (calendar != null) {
            changes(calendar.hours());
            changes.add(0);
        }
    }

    private void changes(DailyHours hours) {
        changes.add(hours.fromMinute() * 60_000);
        changes.add(hours.toMinute() % DailyHours.DAY * 60_000);
    }

    boolean isQuiet(long atMillis) {
        return quiet != null && quiet.contains((int) Math.floorMod(local(atMillis), DAY_MILLIS));
    }

    boolean isOpen(long atMillis) {
        long local = local(atMillis);
        int millisOfDay = (int) Math.floorMod(local, DAY_MILLIS);
        return (quiet == null || !quiet.contains(millisOfDay))
                && (calendar == null
                        || calendar.isOpen(LocalDate.ofEpochDay(Math.floorDiv(local, DAY_MILLIS)), millisOfDay));
    }

    /** The first instant at or after one at which it is open; {@link #NONE} when there is none for more than a year. */
    long opens(long atMillis) {
        return first(atMillis, true, atMillis + HORIZON_MILLIS);
    }

    /** The first instant after one at which it is closed again, or a limit if it is open until then. */
    long closes(long openMillis, long limitMillis) {
        return Math.min(limitMillis, first(openMillis, false, limitMillis));
    }

    private long first(long fromMillis, boolean open, long limitMillis) {
        long at = fromMillis;
        while (at <= limitMillis) {
            if (isOpen(at) == open) {
                return at;
            }
            at = nextChange(at);
        }
        return NONE;
    }

    /** The next instant at which the clock shows another part of the day. Between two changes of the clock it runs evenly. */
    private long nextChange(long atMillis) {
        int millisOfDay = (int) Math.floorMod(local(atMillis), DAY_MILLIS);
        Integer later = changes.higher(millisOfDay);
        long next = atMillis
                - millisOfDay
                + (later != null ? later : DAY_MILLIS + (changes.isEmpty() ? 0 : changes.first()));
        ZoneOffsetTransition transition = rules.nextTransition(Instant.ofEpochMilli(atMillis));
        return transition == null ? next : Math.min(next, transition.toEpochSecond() * 1_000);
    }

    /** What the clock shows, as milliseconds since 1970 of that clock. */
    private long local(long atMillis) {
        return atMillis + rules.getOffset(Instant.ofEpochMilli(atMillis)).getTotalSeconds() * 1_000L;
    }
}
