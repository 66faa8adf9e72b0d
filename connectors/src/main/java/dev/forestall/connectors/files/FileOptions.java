package dev.forestall.connectors.files;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * With which limits a file is read.
 *
 * @param latest the latest time that an event can plausibly have, such as now or when the file was last changed; later ones are set
 *     aside, with a day of grace for clocks and zones
 * @param recordLimit the size in bytes above which a record is rejected; 1 KiB to 64 MiB
 * @param sortMemory how many bytes of events are held in memory while they are put in order of time; more go to disk; at least 64 KiB
 * @param scratch the directory for what does not fit in memory
 * @param stretch which part of the file is read
 */
public record FileOptions(Instant latest, int recordLimit, int sortMemory, Path scratch, Stretch stretch) {

    private static final Duration GRACE = Duration.ofDays(1);
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    /**
     * Part of a file: the records that begin in it. What stands before is looked at, for a header and to count lines, and not handed on.
     *
     * @param from in bytes from the beginning of the file
     * @param to in bytes; the file is read no further, and has to reach so far. {@link #END} for the size it has when it is opened
     */
    public record Stretch(long from, long to) {

        /** The end of the file. */
        public static final long END = Long.MAX_VALUE;

        /** All of it. */
        public static final Stretch WHOLE = new Stretch(0, END);

        public Stretch {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("no part of a file lies between byte " + from + " and " + to);
            }
        }
    }

    public FileOptions {
        if (latest.isAfter(LAST)) {
            throw new IllegalArgumentException("latest plausible time " + latest + " is after " + LAST);
        }
        if (recordLimit < 1 << 10 || recordLimit > 1 << 26) {
            throw new IllegalArgumentException("record limit " + recordLimit + " is outside 1 KiB to 64 MiB");
        }
        if (sortMemory < 1 << 16) {
            throw new IllegalArgumentException("sort memory " + sortMemory + " is less than 64 KiB");
        }
    }

    /** Records of up to 1 MiB, 64 MiB for sorting, the machine's directory for temporary files. */
    public static FileOptions upTo(Instant latest) {
        return new FileOptions(latest, 1 << 20, 64 << 20, Path.of(System.getProperty("java.io.tmpdir")), Stretch.WHOLE);
    }

    public FileOptions withRecordLimit(int bytes) {
        return new FileOptions(latest, bytes, sortMemory, scratch, stretch);
    }

    public FileOptions withSortMemory(int bytes) {
        return new FileOptions(latest, recordLimit, bytes, scratch, stretch);
    }

    public FileOptions withScratch(Path directory) {
        return new FileOptions(latest, recordLimit, sortMemory, directory, stretch);
    }

    public FileOptions withStretch(Stretch part) {
        return new FileOptions(latest, recordLimit, sortMemory, scratch, part);
    }

    /** The latest time that is let in, in milliseconds since 1970 UTC. */
    long latestMillis() {
        return latest.plus(GRACE).toEpochMilli();
    }
}
