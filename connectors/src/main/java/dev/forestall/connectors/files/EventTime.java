package dev.forestall.connectors.files;

import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.loop.host.FileMapping.TimeFrom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads when an event happened, and doubts it when it cannot be. */
final class EventTime {

    private static final long YEAR = ChronoUnit.YEARS.getDuration().toMillis();

    private final TimeFrom from;
    private final Times times;
    private final boolean isPersonal;

    EventTime(TimeFrom from, boolean isPersonal) {
        this.from = from;
        this.times = Times.of(from.format());
        this.isPersonal = isPersonal;
    }

    long millis(RecordValues values, int place) {
        return values.millis(place, times);
    }

    /** @param readMillis the latest time that can be by when the file is read */
    boolean isPlausible(long millis, long readMillis) {
        return millis >= from.earliestMillis() && millis <= latest(readMillis);
    }

    private long latest(long readMillis) {
        return from.latestMillis() == TimeFrom.AS_READ ? readMillis : from.latestMillis();
    }

    Rejected rejected(@Nullable String text, long millis, long readMillis) {
        long latestMillis = latest(readMillis);
        String found = "found " + Shown.text(text == null ? "" : text, isPersonal);
        if (millis == Times.UNREADABLE) {
            String hint = text == null ? "" : otherUnit(text, latestMillis).orElse("");
            return new Rejected(EventError.NO_TIME, from.place(), found + ", expected " + times.expected() + hint);
        }
        return new Rejected(
                EventError.IMPOSSIBLE_TIME,
                from.place(),
                found + (isPersonal ? "" : ", which is " + shown(millis)) + ", "
                        + (millis < from.earliestMillis()
                                ? "before "
                                        + Instant.ofEpochMilli(from.earliestMillis())
                                                .toString()
                                                .substring(0, 10)
                                : later(millis - latestMillis) + " later than can be")
                        + otherUnit(text == null ? "" : text, latestMillis).orElseGet(() -> hint(millis)));
    }

    /** The mistake seen most: seconds, milliseconds and microseconds confused. */
    private Optional<String> otherUnit(String text, long latestMillis) {
        if (isPersonal) {
            return Optional.empty();
        }
        for (TimeFormat format : new TimeFormat[] {
            new TimeFormat.EpochSeconds(), new TimeFormat.EpochMillis(), new TimeFormat.EpochMicros()
        }) {
            Times other = Times.of(format);
            long millis = other.millis(text);
            if (!format.equals(from.format()) && millis > 20 * YEAR && millis <= latestMillis) {
                return Optional.of("; as " + other.expected() + " it would be " + shown(millis)
                        + ": maybe the mapping names another unit than the file has?");
            }
        }
        return Optional.empty();
    }

    private String hint(long millis) {
        if (millis <= 0) {
            return "; a stand-in for no time at all? Name it among the absent values of the mapping";
        }
        if (millis < from.earliestMillis() && from.earliestMillis() <= TimeFrom.USUAL_EARLIEST) {
            return "; if it really happened then, say so in the mapping: time: { earliest: "
                    + Instant.ofEpochMilli(millis).toString().substring(0, 10) + " }";
        }
        return from.format() instanceof TimeFormat.Pattern
                ? "; are day, month and year in the order of the pattern?"
                : "";
    }

    private static String shown(long millis) {
        return millis > -100_000L * YEAR && millis < 100_000L * YEAR
                ? Instant.ofEpochMilli(millis).toString()
                : "beyond any calendar";
    }

    private static String later(long millis) {
        if (millis >= 2 * YEAR || millis < 0) {
            return millis < 0 ? "far" : millis / YEAR + " years";
        }
        long days = Duration.ofMillis(millis).toDays();
        return days >= 2
                ? days + " days"
                : Math.max(1, Duration.ofMillis(millis).toHours()) + " hours";
    }
}
