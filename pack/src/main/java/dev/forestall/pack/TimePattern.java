package dev.forestall.pack;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries a pattern of times before any file is read by it: what it writes it must read back. So a pattern is found that no text can fit, such as
 * {@code YYYY-MM-dd}, and one that loses the time of day, such as {@code hh:mm} without {@code a}, which would make midnight of it.
 */
final class TimePattern {

    /** Before and after noon, with every field unlike every other, on a day whose week belongs to another year. */
    private static final List<ZonedDateTime> SAMPLES = List.of(
            ZonedDateTime.of(2011, 10, 25, 13, 47, 58, 123_456_789, ZoneOffset.UTC),
            ZonedDateTime.of(2016, 1, 2, 3, 4, 5, 678_901_234, ZoneOffset.UTC));

    private static final String TIME_LETTERS = "HhKkmsSAnNaB";
    private static final String EXPECTED =
            "Write iso, epoch_millis, epoch_seconds or a pattern such as dd.MM.yyyy HH:mm:ss";

    private TimePattern() {}

    /** What is wrong, and what to write instead. */
    record Problem(String what, String expected) {}

    static Optional<Problem> problem(String pattern) {
        DateTimeFormatter formatter;
        try {
            formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    // As files are read by it.
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException wrong) {
            return Optional.of(new Problem(String.valueOf(wrong.getMessage()), EXPECTED));
        }
        String letters = letters(pattern);
        if (letters.contains("D") && (letters.contains("M") || letters.contains("L"))) {
            // It can be read, and by nobody's texts: a month beside the day of the year.
            return Optional.of(noDate(letters));
        }
        boolean hasTime = letters.chars().anyMatch(each -> TIME_LETTERS.indexOf(each) >= 0);
        for (ZonedDateTime sample : SAMPLES) {
            Optional<Problem> problem = problem(formatter, letters, sample, hasTime);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(
            DateTimeFormatter formatter, String letters, ZonedDateTime sample, boolean hasTime) {
        try {
            TemporalAccessor parsed = formatter.parse(formatter.format(sample));
            @Nullable LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null || !date.equals(sample.toLocalDate())) {
                return Optional.of(noDate(letters));
            }
            @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
            boolean isKept = time != null
                    && time.truncatedTo(ChronoUnit.HOURS)
                            .equals(sample.toLocalTime().truncatedTo(ChronoUnit.HOURS));
            return hasTime && !isKept ? Optional.of(noTimeOfDay(letters)) : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.of(noDate(letters));
        }
    }

    private static Problem noDate(String letters) {
        if (letters.contains("Y")) {
            return new Problem("YYYY is the year of a week, and no text gives a day by it", "Write yyyy for the year");
        }
        if (letters.contains("D")) {
            return new Problem("DD is the day of the year", "Write dd for the day of the month");
        }
        if (letters.contains("m") && letters.contains("d") && !letters.contains("M") && !letters.contains("L")) {
            return new Problem("mm are minutes, and there is no month", "Write MM for the month");
        }
        return new Problem("a text that it fits does not give a day", EXPECTED);
    }

    private static Problem noTimeOfDay(String letters) {
        if (letters.contains("h") || letters.contains("K")) {
            return new Problem(
                    "hh and KK are hours of half a day, and it does not say of which half",
                    "Write HH for hours from 00 to 23, or add a for AM and PM");
        }
        return new Problem(
                "it has minutes or less and no hours, so the time of day would be lost", "Add HH for the hours");
    }

    /** The letters that stand for something: without quoted text. */
    private static String letters(String pattern) {
        return pattern.replaceAll("'[^']*'", "");
    }
}
