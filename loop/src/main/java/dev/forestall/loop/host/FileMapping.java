package dev.forestall.loop.host;

import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the records of a file become events of the tracking plan. Immutable.
 *
 * <p>A <i>place</i> says where in a record a value stands: the heading of a column in CSV, names joined by dots from the top of the
 * object in JSON Lines ({@code context.userId}), the key of an attribute in XES, where attributes of the trace are written with
 * {@code case:} before their key, as exports to CSV do. A value that is absent or an empty text is no value.
 *
 * @param name as the pack calls it
 * @param files patterns of the names of files it is meant for, where {@code *} stands for any letters and {@code ?} for one; none
 *     when it is meant for any file
 * @param formats of the files that it fits, at least one
 * @param delimiter between the columns of CSV
 * @param identifiers place of each identifier that the file carries, by the identifier's name in the tracking plan
 * @param type how a record tells which event it is
 * @param time when the event happened
 * @param properties what else is read; each fills the property of that name in every event type that declares it
 * @param absent texts that mean that there is no value, such as {@code NULL}
 * @param eventId the places whose values together name the event, joined by {@link #JOINT}; none when records have no id
 * @param order in which events are handed on
 */
public record FileMapping(
        String name,
        List<String> files,
        Set<Format> formats,
        char delimiter,
        SequencedMap<String, String> identifiers,
        TypeFrom type,
        TimeFrom time,
        List<PropertyFrom> properties,
        Set<String> absent,
        List<String> eventId,
        Order order) {

    /** Joins the values of several places to one. */
    public static final String JOINT = "/";

    public FileMapping {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("file mapping " + name + " fits no format");
        }
        files = List.copyOf(files);
        formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
        identifiers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(identifiers));
        properties = List.copyOf(properties);
        absent = Collections.unmodifiableSet(new TreeSet<>(absent));
        eventId = List.copyOf(eventId);
    }

    /** What a file is made of; each may be compressed with gzip. */
    public enum Format {
        CSV,
        JSON_LINES,
        XES
    }

    /** In which order events reach the loop. */
    public enum Order {
        /** By time over the whole file; records of the same time in the order of the file. */
        BY_TIME,
        /** As they stand in the file. */
        AS_IS
    }

    /** How a record tells which event it is. */
    public sealed interface TypeFrom {

        /** Every record is this event of the tracking plan. */
        record Fixed(String event) implements TypeFrom {}

        /**
         * The values of some places, joined by {@link #JOINT}, tell.
         *
         * @param places in which they stand; an absent value counts as an empty text
         * @param names the event of the tracking plan by the joined value; when empty, the joined value is the event's name
         * @param ignored joined values of records that are left out on purpose
         */
        record Told(List<String> places, SequencedMap<String, String> names, Set<String> ignored) implements TypeFrom {
            public Told {
                places = List.copyOf(places);
                names = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(names));
                ignored = Collections.unmodifiableSet(new TreeSet<>(ignored));
            }
        }
    }

    /**
     * When the event of a record happened.
     *
     * @param place where it stands
     * @param format how it is written
     * @param earliestMillis what is earlier cannot be, in milliseconds since 1970 UTC, 0 or later
     * @param latestMillis what is later cannot be; {@link #AS_READ} when whoever reads the file says so
     */
    public record TimeFrom(String place, TimeFormat format, long earliestMillis, long latestMillis) {

        /** The latest time that can be is that at which the file is read. */
        public static final long AS_READ = Long.MAX_VALUE;

        /**
         * 1971-01-01 UTC. Before it lie the two mistakes seen most: seconds since 1970 that are read as milliseconds (until the year 2969 all of
         * them lie in 1970), and 0 where there is no time.
         */
        public static final long USUAL_EARLIEST = 365 * 86_400_000L;

        public TimeFrom {
            if (earliestMillis < 0 || latestMillis < earliestMillis) {
                throw new IllegalArgumentException(
                        "no time lies between " + earliestMillis + " and " + latestMillis + ", from 0 on");
            }
        }

        /** From {@link #USUAL_EARLIEST} to when the file is read. */
        public TimeFrom(String place, TimeFormat format) {
            this(place, format, USUAL_EARLIEST, AS_READ);
        }
    }

    /** How a time is written. */
    public sealed interface TimeFormat {

        /** ISO 8601, such as {@code 2011-10-01T00:38:44.546+02:00}; where it names no offset, it is read in the zone. */
        record Iso(ZoneId zone) implements TimeFormat {}

        /** Whole or decimal seconds since 1970 UTC. */
        record EpochSeconds() implements TimeFormat {}

        /** Whole milliseconds since 1970 UTC. */
        record EpochMillis() implements TimeFormat {}

        /** Whole microseconds since 1970 UTC. */
        record EpochMicros() implements TimeFormat {}

        /** As a pattern of {@link java.time.format.DateTimeFormatter}; where it holds no offset, it is read in the zone. */
        record Pattern(String pattern, ZoneId zone) implements TimeFormat {}
    }

    /**
     * Where a property stands and how it is written.
     *
     * @param property its name in the tracking plan
     * @param place where it stands
     * @param events the events for which it is read; none when it is read for all that declare it
     * @param notation how it is written
     */
    public record PropertyFrom(String property, String place, List<String> events, Notation notation) {

        public PropertyFrom {
            events = List.copyOf(events);
        }
    }

    /** How the value of a property is written. */
    public sealed interface Notation {

        /**
         * As its type suggests: words, decimal or whole numbers, {@code true} and {@code false}, money as a decimal number of major
         * units ({@code 12.50}), times as ISO 8601 in UTC, durations as ISO 8601 ({@code PT5M}).
         */
        record Plain() implements Notation {}

        /** Money as a whole number of minor units, such as cents. */
        record MinorUnits() implements Notation {}

        /**
         * A number, or money in major units, as people write it.
         *
         * @param decimalMark what stands before the decimals, such as the comma in {@code 12,50}
         * @param groupMark what groups the digits, such as the point in {@code 1.000}; {@link #NO_GROUPS} when nothing does
         */
        record Decimal(char decimalMark, char groupMark) implements Notation {

            /** Digits are not grouped. */
            public static final char NO_GROUPS = '\0';

            public Decimal {
                if (decimalMark == groupMark) {
                    throw new IllegalArgumentException(
                            "'" + decimalMark + "' cannot both group digits and stand before decimals");
                }
            }
        }

        /** True and false in these words, in capitals or not. */
        record Words(Set<String> yes, Set<String> no) implements Notation {
            public Words {
                yes = Collections.unmodifiableSet(new TreeSet<>(yes));
                no = Collections.unmodifiableSet(new TreeSet<>(no));
            }
        }

        /** A time in another format. */
        record TimeAs(TimeFormat format) implements Notation {}

        /** A length of time as a decimal number of units, each so many milliseconds long. */
        record LengthIn(long unitMillis) implements Notation {}
    }
}
