package dev.forestall.server.demo;

import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.pack.Pack;
import dev.forestall.run.DataFolder;
import dev.forestall.run.Replay;
import dev.forestall.run.demo.DemoLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The customers of the demo: what they did before it begins, which is replayed as history, and what they are going to do. The same seed and number
 * give the same.
 */
final class Bank {

    /** By then the group that stands out later is still like all others. */
    private static final int HISTORY_DAYS = 100;

    private static final int TIME_COLUMN = 2;

    private final List<DemoEvent> future;
    private final Instant begins;

    private Bank(List<DemoEvent> future, Instant begins) {
        this.future = List.copyOf(future);
        this.begins = begins;
    }

    /**
     * Makes the customers up, and lets their past come about.
     *
     * @param scratch for files
     * @param data where the past goes
     */
    static Bank founded(Path scratch, DataFolder data, Pack pack, Path packPath, long seed, int customers)
            throws IOException {
        Path all = scratch.resolve("all.csv");
        DemoLog.write(all, seed, customers);
        Instant begins = DemoLog.START.plus(java.time.Duration.ofDays(HISTORY_DAYS));
        Path past = scratch.resolve("bank.csv");
        Path later = scratch.resolve("later.csv");
        split(all, begins, past, later);
        Replay.Request request = new Replay.Request(past, packPath, Optional.empty(), 1, false, OptionalLong.empty());
        try (Replay replay = Replay.open(data, pack, request)) {
            replay.read((doing, share, figures) -> {});
        }
        return new Bank(read(later, pack), begins);
    }

    private static void split(Path all, Instant at, Path past, Path later) throws IOException {
        try (BufferedWriter before = Files.newBufferedWriter(past, StandardCharsets.UTF_8);
                BufferedWriter behind = Files.newBufferedWriter(later, StandardCharsets.UTF_8)) {
            boolean isHeader = true;
            for (String line : Files.readAllLines(all, StandardCharsets.UTF_8)) {
                if (isHeader || !isBehind(line, at)) {
                    before.write(line + "\n");
                }
                if (isHeader || isBehind(line, at)) {
                    behind.write(line + "\n");
                }
                isHeader = false;
            }
        }
    }

    /** What is damaged belongs to the past: nobody sends it again. */
    private static boolean isBehind(String line, Instant at) {
        String[] columns = line.split(",", -1);
        try {
            return columns.length > TIME_COLUMN
                    && !OffsetDateTime.parse(columns[TIME_COLUMN]).toInstant().isBefore(at);
        } catch (DateTimeException damaged) {
            return false;
        }
    }

    private static List<DemoEvent> read(Path later, Pack pack) {
        FileMapping mapping = Replay.mapping(later, Optional.empty(), pack.files());
        List<DemoEvent> events = new ArrayList<>();
        try (FileSource source = FileSource.open(
                later, mapping, pack.definition().plan(), FileOptions.upTo(Instant.parse("2026-01-01T00:00:00Z")))) {
            for (Optional<FileRecord> next = source.next(); next.isPresent(); next = source.next()) {
                if (next.get() instanceof FileRecord.Arrived arrived) {
                    events.add(DemoEvent.of(arrived.event(), "demo-" + events.size()));
                }
            }
        }
        return events;
    }

    /** What they are going to do, in the order of time. */
    List<DemoEvent> future() {
        return future;
    }

    /** When it begins. */
    Instant begins() {
        return begins;
    }
}
