package dev.forestall.acceptance.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from the files of a replay how far it has come since the gauge was made. For one process, from before its start. */
final class Gauge {

    /** So large are the file of the log before its first record, and the journal of the states before the first commit, at most. */
    private static final long EMPTY_BYTES = 200;

    private final Path data;
    private final Path out;
    private final Map<Path, FileTime> earlier;
    private long logAtFirst;

    /**
     * How far it is.
     *
     * @param accepted bytes that the log grew by
     * @param committed bytes that were written into new journals of the store of states
     * @param lines bytes of unfinished lines
     * @param finished how many output files are beyond that: in Parquet, or under their names
     */
    record Reading(long accepted, long committed, long lines, long finished) {

        static final Reading NOTHING = new Reading(0, 0, 0, 0);

        Stage stage() {
            if (finished > 0) {
                return Stage.FINISHING;
            } else if (lines > 0) {
                return Stage.WRITING;
            } else if (committed > EMPTY_BYTES) {
                return Stage.COMMITTING;
            }
            return accepted > EMPTY_BYTES ? Stage.ACCEPTING : Stage.OPENING;
        }

        /** What grows during a stage. */
        long of(Stage stage) {
            return switch (stage) {
                case OPENING -> 0;
                case ACCEPTING -> accepted;
                case COMMITTING -> committed;
                case WRITING -> lines;
                case FINISHING -> finished;
            };
        }

        Reading orMore(Reading other) {
            return new Reading(
                    Math.max(accepted, other.accepted),
                    Math.max(committed, other.committed),
                    Math.max(lines, other.lines),
                    Math.max(finished, other.finished));
        }
    }

    Gauge(Path data, Path out) throws IOException {
        this.data = data;
        this.out = out;
        this.earlier = new HashMap<>();
        walk(data, (file, bytes, changed) -> earlier.put(file, changed));
        walk(out, (file, bytes, changed) -> earlier.put(file, changed));
        this.logAtFirst = Long.MAX_VALUE;
    }

    Reading read() throws IOException {
        long[] sums = new long[4];
        walk(data, (file, bytes, changed) -> {
            if (file.startsWith(data.resolve("log"))) {
                sums[0] += bytes;
            } else if (file.startsWith(data.resolve("state"))
                    // Not the journal of the keys, which are durable before the log is.
                    && String.valueOf(file.getFileName()).matches("\\d+\\.log")
                    && !earlier.containsKey(file)) {
                sums[1] += bytes;
            }
        });
        walk(out, (file, bytes, changed) -> {
            // Not the list of which files are ours, which stands there before there are any.
            boolean isOutput = !String.valueOf(file.getFileName()).startsWith(".");
            if (isOutput && !changed.equals(earlier.get(file))) {
                boolean isLines = file.toString().endsWith(".jsonl.unfinished");
                sums[isLines ? 2 : 3] += isLines ? bytes : 1;
            }
        });
        // Opening cuts off what a crash has torn, so the log grows from the smallest that was seen.
        logAtFirst = Math.min(logAtFirst, sums[0]);
        return new Reading(sums[0] - logAtFirst, sums[1], sums[2], sums[3]);
    }

    private interface Visit {
        void file(Path file, long bytes, FileTime changed);
    }

    /** Files may vanish while one looks. */
    private static void walk(Path folder, Visit visit) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                visit.file(file, attributes.size(), attributes.lastModifiedTime());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
