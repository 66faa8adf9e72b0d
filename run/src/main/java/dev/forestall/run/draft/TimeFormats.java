package dev.forestall.run.draft;

import dev.forestall.connectors.files.Times;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out in which way the values of a column are times. */
final class TimeFormats {

    /** Of two that fit, the first is taken; where the day stands in front of the month as often as behind it, the day does. */
    private static final List<String> PATTERNS = List.of(
            "d/M/yyyy H:mm",
            "M/d/yyyy H:mm",
            "d/M/yyyy H:mm:ss",
            "M/d/yyyy H:mm:ss",
            "d/M/yyyy",
            "M/d/yyyy",
            "M/d/yyyy h:mm a",
            "M/d/yyyy h:mm:ss a",
            "d.M.yyyy H:mm",
            "d.M.yyyy H:mm:ss",
            "d.M.yyyy",
            "d-M-yyyy H:mm",
            "d-M-yyyy H:mm:ss",
            "d-M-yyyy",
            "yyyy/M/d H:mm",
            "yyyy/M/d H:mm:ss",
            "yyyy/M/d H:mm:ss.SSS",
            "yyyy/M/d",
            "d MMM yyyy",
            "d-MMM-yyyy",
            "d MMM yyyy H:mm:ss",
            "d-MMM-yyyy H:mm:ss");

    private static final Pattern SAYS_TIME =
            Pattern.compile("(^|_)(time|date|datetime|ts|timestamp|epoch|at|when|created|updated|day)(_|$)");

    /** Earlier and later is no time at which an event of a business happened. */
    private static final long EARLIEST = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    /** So many misfits in a row may come first. */
    private static final long PATIENCE = 3;

    private final List<Candidate> candidates = new ArrayList<>();
    private long values;

    /** A format that nearly all values so far have. */
    private static final class Candidate {
        private final String format;
        private final Times times;
        private final boolean isNumber;
        private long misfits;

        Candidate(String format, boolean isNumber) {
            this.format = format;
            this.times = Times.of(of(format));
            this.isNumber = isNumber;
        }

        boolean fits(String value) {
            if (value.length() < 8 || value.length() > 40 || isNumber != isDigits(value)) {
                return false;
            }
            long at = times.millis(value);
            return at != Times.UNREADABLE && at >= EARLIEST && at < LATEST;
        }
    }

    /**
     * How a column holds times.
     *
     * @param format as a pack writes it
     * @param misfits how many values are no such times
     * @param alternative another format that fits all values as well, with the day and the month the other way round; empty when there is none
     */
    record Found(String format, long misfits, String alternative) {
        Times times() {
            return Times.of(of(format));
        }
    }

    TimeFormats() {
        candidates.add(new Candidate("iso", false));
        PATTERNS.forEach(each -> candidates.add(new Candidate(each, false)));
        candidates.add(new Candidate("epoch_seconds", true));
        candidates.add(new Candidate("epoch_millis", true));
        candidates.add(new Candidate("yyyyMMdd", true));
    }

    void add(String value) {
        values++;
        candidates.removeIf(each -> {
            each.misfits += each.fits(value) ? 0 : 1;
            return each.misfits > PATIENCE + Column.misfits(values);
        });
    }

    private static boolean isDigits(String value) {
        return value.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
                && value.indexOf('.') == value.lastIndexOf('.');
    }

    /** @param words the column's name: numbers are times only where it says so */
    Optional<Found> found(String words) {
        List<Candidate> fit = candidates.stream()
                .filter(each -> each.misfits <= Column.misfits(values))
                .filter(each -> !each.isNumber || SAYS_TIME.matcher(words).find())
                .sorted(Comparator.comparingLong(each -> each.misfits))
                .toList();
        if (values == 0 || fit.isEmpty()) {
            return Optional.empty();
        }
        Candidate first = fit.getFirst();
        boolean isAmbiguous = fit.size() > 1 && fit.get(1).misfits == first.misfits;
        return Optional.of(new Found(first.format, first.misfits, isAmbiguous ? fit.get(1).format : ""));
    }

    static TimeFormat of(String format) {
        return switch (format) {
            case "iso" -> new TimeFormat.Iso(ZoneOffset.UTC);
            case "epoch_seconds" -> new TimeFormat.EpochSeconds();
            case "epoch_millis" -> new TimeFormat.EpochMillis();
            case "epoch_micros" -> new TimeFormat.EpochMicros();
            default -> new TimeFormat.Pattern(format, ZoneOffset.UTC);
        };
    }
}
