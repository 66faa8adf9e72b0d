package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a loss of power or a full disk leaves at the end of a log, and what becomes of it. */
class SegmentLogCrashTest {

    private static final LogOptions ONE_FILE = new LogOptions(32 << 10, 4 << 10);
    private static final LogOptions MANY_FILES = new LogOptions(4 << 10, 4 << 10);

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    private int copies;

    @Test
    void a_file_cut_off_at_any_byte_keeps_every_whole_record_before_the_cut() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        var ends = new ArrayList<Long>();
        try (var log = files.open()) {
            LogFiles.append(log, 30);
            log.sync();
            for (int end = 31; end <= 38; end++) {
                ends.add(log.durable().offset());
                LogFiles.append(log, end);
                log.sync();
            }
        }
        var bytes = Files.readAllBytes(files.last());
        for (int cut = Math.toIntExact(ends.getFirst()); cut <= bytes.length; cut++) {
            var copy = copy(files, Arrays.copyOf(bytes, cut));
            try (var log = copy.open()) {
                assertThat(log.durableEnd()).isEqualTo(30 + wholeRecords(ends, cut));
                LogFiles.requireWhole(log);
                requireGoesOn(log);
            }
            try (var again = copy.open()) {
                assertThat(again.tornTail()).isEmpty();
                LogFiles.requireWhole(again);
            }
        }
    }

    /** How many of the records that begin at these offsets end before the cut. */
    private static int wholeRecords(List<Long> starts, int cut) {
        int whole = 0;
        while (whole < starts.size()
                && starts.get(whole) + SegmentFormat.FRAME_BYTES + LogFiles.record(30 + whole).length <= cut) {
            whole++;
        }
        return whole;
    }

    @Test
    void what_is_cut_off_is_told() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        long offset;
        try (var log = files.open()) {
            LogFiles.append(log, 10);
            log.sync();
            offset = log.durable().offset();
            LogFiles.append(log, 11);
            log.flush();
            log.abandon();
        }
        var bytes = Files.readAllBytes(files.last());
        var end = Math.toIntExact(offset) + SegmentFormat.FRAME_BYTES + LogFiles.record(10).length;
        Arrays.fill(bytes, end - 3, end, (byte) 0);
        var copy = copy(files, bytes);
        try (var log = copy.open()) {
            var torn = log.tornTail().orElseThrow();
            assertThat(torn).isEqualTo(new TornTail(copy.last(), 10, offset, end - 3 - offset));
            assertThat(torn.toString()).contains(copy.last().toString(), "at byte " + offset, "goes on with record 10");
        }
    }

    @Test
    void whatever_byte_of_the_unsynced_end_is_wrong_no_synced_record_is_lost() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        var synced = unsyncedEnd(files);
        var bytes = Files.readAllBytes(files.last());
        for (int at = Math.toIntExact(synced); at < bytes.length; at++) {
            if (bytes[at] == 0 && at > synced + 2_000) {
                continue; // room that was taken ahead
            }
            var wrong = bytes.clone();
            wrong[at] ^= 0x10;
            try (var log = copy(files, wrong).open()) {
                assertThat(log.durableEnd()).isBetween(20L, 30L);
                LogFiles.requireWhole(log);
                requireGoesOn(log);
            }
        }
    }

    @Test
    void a_loss_of_power_that_leaves_later_records_behind_a_hole_is_no_damage() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        var synced = Math.toIntExact(unsyncedEnd(files));
        var bytes = Files.readAllBytes(files.last());
        Arrays.fill(bytes, synced, synced + 100, (byte) 0);
        var copy = copy(files, bytes);
        try (var log = copy.open()) {
            assertThat(log.durableEnd()).isEqualTo(20);
            assertThat(log.tornTail()).isPresent();
            LogFiles.requireWhole(log);
            requireGoesOn(log);
        }
        try (var again = copy.open()) {
            LogFiles.requireWhole(again);
        }
    }

    /** Twenty records that were synced, ten that were only handed to the operating system; answers where these begin. */
    private static long unsyncedEnd(LogFiles files) throws IOException {
        var log = files.open();
        LogFiles.append(log, 10);
        log.sync();
        LogFiles.append(log, 20);
        log.sync();
        var synced = log.durable().offset();
        LogFiles.append(log, 30);
        log.flush();
        log.abandon();
        return synced;
    }

    @Test
    void a_crash_while_a_file_is_being_completed_loses_nothing() throws IOException {
        var files = new LogFiles(directory.resolve("log"), MANY_FILES);
        try (var log = files.open()) {
            LogFiles.append(log, 200);
        }
        Files.delete(files.last());
        var bytes = Files.readAllBytes(files.last());
        var complete = Segment.Sealed.open(files.last(), first(files.last()));
        for (int cut = Math.toIntExact(complete.tail().sealedOffset()); cut <= bytes.length; cut++) {
            try (var log = copy(files, Arrays.copyOf(bytes, cut)).open()) {
                assertThat(log.durableEnd()).isEqualTo(complete.end());
                LogFiles.requireWhole(log);
                requireGoesOn(log);
            }
        }
    }

    @Test
    void a_crash_while_a_file_is_being_begun_leaves_no_trace() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        try (var log = files.open()) {
            LogFiles.append(log, 10);
        }
        var begun = files.directory().resolve("00000000000000000010.log" + SegmentLog.NEW);
        Files.write(begun, new byte[] {1, 2, 3});
        try (var log = files.open()) {
            LogFiles.requireWhole(log);
            assertThat(log.durableEnd()).isEqualTo(10);
        }
        assertThat(begun).doesNotExist();
    }

    @Test
    void after_a_failed_write_the_log_takes_nothing_more_and_has_lost_nothing_acknowledged() throws IOException {
        var files = new LogFiles(directory.resolve("log"), MANY_FILES);
        var log = files.open();
        var obstacle = new ArrayList<Path>();
        assertThatThrownBy(() -> {
                    while (true) {
                        // Where the next file would be prepared, stands a directory.
                        var next = files.directory().resolve("%020d.log%s".formatted(log.end(), SegmentLog.NEW));
                        Files.createDirectories(next.resolve("in the way"));
                        obstacle.add(next);
                        LogFiles.append(log, log.end() + 1);
                        log.sync();
                    }
                })
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("EMB-006")
                .hasMessageContaining(files.directory().toString());
        var acknowledged = log.durableEnd();
        assertThat(acknowledged).isGreaterThan(5);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> log.append(new byte[1], 1)).hasMessageStartingWith("EMB-008");
            assertThatThrownBy(log::sync).hasMessageStartingWith("EMB-008");
        }
        LogFiles.requireWhole(log);
        log.close();
        for (var each : obstacle) {
            Files.delete(each.resolve("in the way"));
            Files.delete(each);
        }
        try (var again = files.open()) {
            assertThat(again.durableEnd()).isEqualTo(acknowledged);
            LogFiles.requireWhole(again);
            requireGoesOn(again);
        }
    }

    @Test
    void an_interrupted_writer_goes_on_and_stays_interrupted() throws InterruptedException {
        var files = new LogFiles(directory.resolve("log"), MANY_FILES);
        try (var log = files.open()) {
            var writer = Thread.ofPlatform().start(() -> {
                for (int end = 1; end <= 300; end++) {
                    LogFiles.append(log, end);
                    log.sync();
                }
            });
            while (writer.isAlive()) {
                writer.interrupt();
                Thread.onSpinWait();
            }
            writer.join();
            assertThat(log.durableEnd()).isEqualTo(300);
            Thread.currentThread().interrupt();
            LogFiles.append(log, 301);
            log.sync();
            LogFiles.requireWhole(log);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private LogFiles copy(LogFiles files, byte[] last) throws IOException {
        return files.copyWithLast(directory.resolve("copy" + copies++), last);
    }

    private static long first(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 20));
    }

    private static void requireGoesOn(SegmentLog log) {
        LogFiles.append(log, log.end() + 2);
        log.sync();
        LogFiles.requireWhole(log);
    }
}
