package dev.forestall.connectors.files;

import dev.forestall.loop.host.FileMapping.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads points in time of one format. What is finer than a millisecond is cut. */
public sealed interface Times {

    /** The text is no time of this format. */
    long UNREADABLE = Long.MIN_VALUE;

    /** Milliseconds since 1970 UTC, or {@link #UNREADABLE}. */
    long millis(String text);

    /** As {@link #millis(String)}, of a text that stands among bytes in UTF-8. */
    default long millis(byte[] bytes, int from, int to) {
        return millis(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** How such a time looks, for people. */
    String expected();

    static Times of(TimeFormat format) {
        return switch (format) {
            case TimeFormat.Iso iso -> new Iso(iso.zone());
            case TimeFormat.EpochSeconds ignored -> new Epoch(3, "seconds");
            case TimeFormat.EpochMillis ignored -> new Epoch(0, "milliseconds");
            case TimeFormat.EpochMicros ignored -> new Epoch(-3, "microseconds");
            case TimeFormat.Pattern pattern -> new Patterned(pattern.pattern(), pattern.zone());
        };
    }

    /**
     * Where the clocks are set forward, a time that never was means as much later; where they are set back, the earlier of the two.
     */
    private static long millis(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).toInstant().toEpochMilli();
    }

    /** Numbers counted from 1970 UTC; {@code scale} is the power of ten that makes milliseconds of them. */
    record Epoch(int scale, String unit) implements Times {
        @Override
        public long millis(String text) {
            if (scale >= 0) {
                return cutDecimals(text);
            }
            long value = Decimals.PLAIN.scaled(text, 0, true);
            return value == Decimals.UNREADABLE ? UNREADABLE : Math.floorDiv(value, 1000L);
        }

        /** Decimals beyond the millisecond are cut, not rounded, as in all other formats. */
        private long cutDecimals(String text) {
            long whole = Decimals.PLAIN.scaled(text, scale, true);
            if (whole != Decimals.UNREADABLE) {
                return whole;
            }
            long nanos = Decimals.PLAIN.scaled(text, scale + 6, false);
            return nanos == Decimals.UNREADABLE ? UNREADABLE : Math.floorDiv(nanos, 1_000_000L);
        }

        @Override
        public String expected() {
            return "a number of " + unit + " since 1970";
        }
    }

    /** As a pattern says. */
    final class Patterned implements Times {
        private final String pattern;
        private final ZoneId zone;
        private final DateTimeFormatter formatter;

        Patterned(String pattern, ZoneId zone) {
            this.pattern = pattern;
            this.zone = zone;
            this.formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    // For the y of patterns, which a strict reader takes for the year of an era.
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    // Otherwise the 31st of June would become the 30th.
                    .withResolverStyle(ResolverStyle.STRICT);
        }

        @Override
        public long millis(String text) {
            try {
                TemporalAccessor parsed = formatter.parse(text.strip());
                if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                    return Instant.from(parsed).toEpochMilli();
                }
                @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
                LocalDateTime local = LocalDate.from(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
                @Nullable ZoneId named = parsed.query(TemporalQueries.zone());
                return Times.millis(local, named == null ? zone : named);
            } catch (DateTimeException unreadable) {
                // Or the pattern fits and holds no whole date.
                return UNREADABLE;
            }
        }

        @Override
        public String expected() {
            return "a time like " + pattern;
        }
    }

    /** ISO 8601, also with a blank for the T, without seconds, without a time of day, without colons in the offset. */
    final class Iso implements Times {
        private static final int[] DAYS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        private static final long NO_OFFSET = Long.MAX_VALUE;

        private final ZoneId zone;
        private final boolean isUtc;

        Iso(ZoneId zone) {
            this.zone = zone;
            this.isUtc = zone.normalized().equals(ZoneOffset.UTC);
        }

        @Override
        public String expected() {
            return "a time like 2011-10-01T00:38:44.546+02:00";
        }

        @Override
        public long millis(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return millis(bytes, 0, bytes.length);
        }

        @Override
        public long millis(byte[] text, int from, int end) {
            if (end - from < 10 || text[from + 4] != '-' || text[from + 7] != '-') {
                return UNREADABLE;
            }
            int year = two(text, from) * 100 + two(text, from + 2);
            int month = two(text, from + 5);
            int day = two(text, from + 8);
            // A bad digit makes a number far below 0, whatever stands beside it.
            if (year < 0 || month < 1 || month > 12 || day < 1 || day > DAYS[month]) {
                return UNREADABLE;
            }
            if (day == 29 && month == 2 && !isLeap(year)) {
                return UNREADABLE;
            }
            long midnight = daysSince1970(year, month, day) * 86_400_000L;
            return end - from == 10 ? local(midnight) : withTimeOfDay(text, from + 10, end, midnight);
        }

        /** @param from where the date has ended */
        private long withTimeOfDay(byte[] text, int from, int end, long midnight) {
            byte separator = text[from];
            if (end - from < 6 || separator != 'T' && separator != ' ' && separator != 't' || text[from + 3] != ':') {
                return UNREADABLE;
            }
            int hour = two(text, from + 1);
            int minute = two(text, from + 4);
            int second = 0;
            int at = from + 6;
            if (at + 2 < end && text[at] == ':') {
                second = two(text, at + 1);
                at += 3;
            }
            if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
                return UNREADABLE;
            }
            int fraction = 0;
            if (at + 1 < end && (text[at] == '.' || text[at] == ',')) {
                int unit = 100;
                int first = ++at;
                for (; at < end && isDigit(text[at]); at++, unit /= 10) {
                    fraction += (text[at] - '0') * unit;
                }
                if (at == first) {
                    return UNREADABLE;
                }
            }
            long millis = midnight + ((hour * 60L + minute) * 60 + second) * 1000 + fraction;
            if (at == end) {
                return local(millis);
            }
            long offset = offsetMillis(text, at, end);
            return offset == NO_OFFSET ? UNREADABLE : millis - offset;
        }

        /** Reads {@code Z}, {@code UTC}, {@code +02}, {@code +0200} or {@code +02:00}, with a blank before or not. */
        private static long offsetMillis(byte[] text, int start, int end) {
            int at = text[start] == ' ' ? start + 1 : start;
            if (at == end) {
                return NO_OFFSET;
            }
            byte sign = text[at];
            if (at + 1 == end) {
                return sign == 'Z' || sign == 'z' ? 0 : NO_OFFSET;
            }
            if (sign != '+' && sign != '-') {
                boolean isUtc = at + 3 == end && text[at] == 'U' && text[at + 1] == 'T' && text[at + 2] == 'C';
                return isUtc ? 0 : NO_OFFSET;
            }
            int length = end - at;
            boolean colon = length == 6 && text[at + 3] == ':';
            if (length != 3 && length != 5 && !colon) {
                return NO_OFFSET;
            }
            int hours = two(text, at + 1);
            int minutes = length == 3 ? 0 : two(text, colon ? at + 4 : at + 3);
            if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
                return NO_OFFSET;
            }
            long offset = (hours * 60L + minutes) * 60_000;
            return sign == '-' ? -offset : offset;
        }

        private long local(long millis) {
            if (isUtc) {
                return millis;
            }
            LocalDateTime local = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
            return Times.millis(local, zone);
        }

        private static int two(byte[] text, int at) {
            byte tens = text[at];
            byte ones = text[at + 1];
            return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + (ones - '0') : -100_000;
        }

        private static boolean isDigit(byte c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLeap(int year) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        }

        /** Days of the civil calendar, as in Hinnant, "chrono-compatible low-level date algorithms". */
        private static long daysSince1970(int year, int month, int day) {
            int shifted = month <= 2 ? year - 1 : year;
            int era = Math.floorDiv(shifted, 400);
            int yearOfEra = shifted - era * 400;
            int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
            int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
            return era * 146_097L + dayOfEra - 719_468;
        }
    }
}
