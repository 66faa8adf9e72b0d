package dev.forestall.pack;

import dev.forestall.loop.gate.Calendar;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads when a business is open. */
final class CalendarsReader {

    private final Problems problems;
    private final SortedMap<String, Calendar> calendars = new TreeMap<>();

    CalendarsReader(Section pack, Problems problems) {
        this.problems = problems;
        for (Member member : pack.members("calendars")) {
            member.section(Grammar.CALENDAR)
                    .flatMap(section -> calendar(member.name(), section))
                    .ifPresent(calendar -> calendars.put(member.name(), calendar));
        }
    }

    private Optional<Calendar> calendar(String name, Section section) {
        List<String> channels =
                section.scalars("channels").stream().map(Scalar::text).toList();
        Optional<DailyHours> hours = section.has("hours")
                ? hours(section, "hours", problems)
                : Optional.of(new DailyHours(0, DailyHours.DAY));
        if (hours.isPresent() && hours.get().crossesMidnight()) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("hours"),
                    section.pathOf("hours"),
                    "a business day ends before midnight",
                    "Write for instance 09:00-18:00");
            return Optional.empty();
        }
        return hours.map(open -> new Calendar(name, channels, weekdays(section), open, holidays(section)));
    }

    private static SortedSet<DayOfWeek> weekdays(Section section) {
        Set<DayOfWeek> days = section.has("weekdays")
                ? EnumSet.noneOf(DayOfWeek.class)
                : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        section.scalars("weekdays")
                .forEach(day -> days.add(DayOfWeek.valueOf(day.text().toUpperCase(Locale.ROOT))));
        // An empty list is a problem of its own; a calendar needs a day.
        return new TreeSet<>(days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days);
    }

    private SortedSet<LocalDate> holidays(Section section) {
        SortedSet<LocalDate> holidays = new TreeSet<>();
        for (Scalar day : section.scalars("holidays")) {
            try {
                holidays.add(LocalDate.parse(day.text()));
            } catch (DateTimeException impossible) {
                problems.error(
                        PackError.WRONG_VALUE,
                        day.place(),
                        section.pathOf("holidays"),
                        "there is no day " + day.text(),
                        "Write a date such as 2026-12-25");
            }
        }
        return holidays;
    }

    /** A part of the day; nothing when it is missing or wrong. */
    static Optional<DailyHours> hours(Section section, String key, Problems problems) {
        Scalar text = section.scalar(key).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        int from = minute(text.text().substring(0, 5));
        int to = minute(text.text().substring(6));
        // What ends at midnight ends with the day.
        int end = to == 0 ? DailyHours.DAY : to;
        if (from == end) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    text.place(),
                    section.pathOf(key),
                    "'" + text.text() + "' has no length",
                    "Write for instance 21:00-08:00");
            return Optional.empty();
        }
        return Optional.of(new DailyHours(from, end));
    }

    private static int minute(String clock) {
        return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3));
    }

    Optional<Calendar> find(Scalar name, String path) {
        Calendar calendar = calendars.get(name.text());
        if (calendar == null) {
            problems.unknown(PackError.UNKNOWN_NAME, name.place(), path, "calendar", name.text(), calendars.keySet());
        }
        return Optional.ofNullable(calendar);
    }
}
