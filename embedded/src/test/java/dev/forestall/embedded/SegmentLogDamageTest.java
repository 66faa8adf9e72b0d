package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that were durable and have changed since: the log says where, and never answers anything else. */
class SegmentLogDamageTest {

    private static final LogOptions ONE_FILE = new LogOptions(32 << 10, 4 << 10);
    private static final LogOptions MANY_FILES = new LogOptions(4 << 10, 4 << 10);

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    private int copies;

    @Test
    void whatever_byte_of_the_last_file_has_changed_the_log_refuses_or_has_every_record() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        long lastMark;
        try (var log = files.open()) {
            for (int end = 4; end <= 20; end += 4) {
                LogFiles.append(log, end);
                log.sync();
            }
            lastMark = log.durable().offset() - SegmentFormat.FRAME_BYTES;
        }
        var bytes = Files.readAllBytes(files.last());
        for (int at = 0; at < bytes.length; at++) {
            var changed = bytes.clone();
            changed[at] ^= 0x10;
            var copy = files.copyWithLast(directory.resolve("copy" + copies++), changed);
            if (at < lastMark) {
                assertThatThrownBy(copy::open)
                        .isInstanceOf(StorageException.class)
                        .hasMessageMatching("(?s)EMB-00[37] .*" + copy.last() + ".*");
            } else {
                // Only the last mark itself: no record is in doubt.
                try (var log = copy.open()) {
                    assertThat(log.durableEnd()).isEqualTo(20);
                    LogFiles.requireWhole(log);
                }
            }
        }
    }

    @Test
    void damage_in_an_older_file_is_told_when_it_is_read_with_file_byte_and_record() throws IOException {
        var files = manyFiles();
        var second = files.files().get(1);
        long first;
        try (var log = files.open()) {
            first = Long.parseLong(second.getFileName().toString().substring(0, 20));
            assertThat(log.get(first).bytes()).isEqualTo(LogFiles.record(first));
        }
        LogFiles.flip(second, SegmentFormat.HEADER_BYTES + SegmentFormat.FRAME_BYTES);
        try (var log = files.open();
                var cursor = log.read(0)) {
            for (long position = 0; position < first; position++) {
                assertThat(cursor.next().bytes()).isEqualTo(LogFiles.record(position));
            }
            var told = "EMB-007 log file %s is damaged at byte 24, record %d".formatted(second, first);
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith(told)
                    .hasMessageContaining("Restore this file from a backup");
            assertThatThrownBy(() -> log.get(first)).hasMessageStartingWith(told);
            assertThat(log.get(first - 1).bytes()).isEqualTo(LogFiles.record(first - 1));
            var last = log.durableEnd() - 1;
            assertThat(log.get(last).bytes()).isEqualTo(LogFiles.record(last));
        }
    }

    @Test
    void no_changed_byte_of_an_older_file_changes_what_is_read() throws IOException {
        var files = manyFiles();
        var first = files.files().getFirst();
        var bytes = Files.readAllBytes(first);
        for (int at = 0; at < bytes.length; at += 5) {
            LogFiles.flip(first, at);
            try (var log = files.open()) {
                for (long position = 0; position < log.durableEnd(); position++) {
                    requireRightOrRefused(log, position);
                }
            } catch (StorageException e) {
                assertThat(e).hasMessageMatching("(?s)EMB-00[37] .*" + first + ".*");
            }
            Files.write(first, bytes);
        }
    }

    private static void requireRightOrRefused(SegmentLog log, long position) {
        byte[] read;
        try {
            read = log.get(position).bytes();
        } catch (StorageException e) {
            assertThat(e.error()).isEqualTo(EmbeddedError.LOG_DAMAGED);
            return;
        }
        assertThat(read).isEqualTo(LogFiles.record(position));
    }

    @Test
    void a_record_moved_to_another_place_is_not_taken_for_the_one_that_belongs_there() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        try (var log = files.open()) {
            log.append(new byte[] {1}, 5);
            log.append(new byte[] {2}, 5);
            log.sync();
        }
        var bytes = Files.readAllBytes(files.last());
        var frame = SegmentFormat.FRAME_BYTES + 1;
        System.arraycopy(bytes, SegmentFormat.HEADER_BYTES, bytes, SegmentFormat.HEADER_BYTES + frame, frame);
        var copy = files.copyWithLast(directory.resolve("copy"), bytes);
        assertThatThrownBy(copy::open)
                .hasMessageContaining("is damaged at byte %d, record 1", SegmentFormat.HEADER_BYTES + frame);
    }

    @Test
    void a_missing_file_is_told() throws IOException {
        var files = manyFiles();
        var second = files.files().get(1);
        Files.delete(second);
        assertThatThrownBy(files::open)
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("EMB-007")
                .hasMessageContaining(files.files().getFirst().toString())
                .hasMessageContaining("maybe one is missing");
    }

    @Test
    void an_older_file_without_its_end_is_told() throws IOException {
        var files = manyFiles();
        var first = files.files().getFirst();
        var bytes = Files.readAllBytes(first);
        Files.write(first, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(files::open)
                .hasMessageStartingWith("EMB-007 log file " + first)
                .hasMessageContaining("its end is missing or unreadable");
    }

    @Test
    void a_file_of_a_later_format_is_left_to_the_version_that_wrote_it() throws IOException {
        var files = new LogFiles(directory.resolve("log"), ONE_FILE);
        files.open().close();
        var bytes = Files.readAllBytes(files.last());
        bytes[11] = 2;
        Files.write(files.last(), bytes);
        assertThatThrownBy(files::open)
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("EMB-003")
                .hasMessageContaining("is written in format 2; this version of Forestall reads format 1");
        assertThat(Files.readAllBytes(files.last())).isEqualTo(bytes);
    }

    private LogFiles manyFiles() {
        var files = new LogFiles(directory.resolve("log"), MANY_FILES);
        try (var log = files.open()) {
            LogFiles.append(log, 250);
        }
        assertThat(files.files()).hasSizeGreaterThan(3);
        return files;
    }
}
