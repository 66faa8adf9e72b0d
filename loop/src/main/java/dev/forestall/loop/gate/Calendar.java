package dev.forestall.loop.gate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a business is open: a file of the pack. Read by the clock and calendar where the customer is. Immutable.
 *
 * @param name of the file, without its ending
 * @param channels on which it holds, such as {@code voice}; empty for every one
 * @param weekdays on which it is open
 * @param hours of such a day; never across midnight
 * @param holidays on which it is closed
 */
public record Calendar(
        String name,
        List<String> channels,
        SortedSet<DayOfWeek> weekdays,
        DailyHours hours,
        SortedSet<LocalDate> holidays) {

    public Calendar {
        channels = List.copyOf(channels);
        weekdays = Collections.unmodifiableSortedSet(new TreeSet<>(weekdays));
        holidays = Collections.unmodifiableSortedSet(new TreeSet<>(holidays));
        if (weekdays.isEmpty() || hours.crossesMidnight()) {
            throw new IllegalArgumentException(
                    "calendar " + name + " with hours " + hours + " on " + weekdays + " is impossible");
        }
    }

    boolean concerns(String channel) {
        return channels.isEmpty() || channels.contains(channel);
    }

    boolean isOpen(LocalDate date, int millisOfDay) {
        return weekdays.contains(date.getDayOfWeek()) && !holidays.contains(date) && hours.contains(millisOfDay);
    }
}
