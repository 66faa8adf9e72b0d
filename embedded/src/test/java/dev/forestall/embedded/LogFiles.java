package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.InputLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The directory of a log, for tests that damage it. Each record's bytes follow from its position. */
record LogFiles(Path directory, LogOptions options) {

    SegmentLog open() {
        return SegmentLog.open(directory, options);
    }

    /** Appends records up to a position, without syncing them. */
    static void append(InputLog log, long end) {
        for (long position = log.end(); position < end; position++) {
            assertThat(log.append(record(position), position)).isEqualTo(position);
        }
    }

    /** One to ninety bytes, few of them zero. */
    static byte[] record(long position) {
        var random = new SplittableRandom(position);
        var bytes = new byte[random.nextInt(1, 90)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Reads all that is there and holds it against what was appended. */
    static void requireWhole(InputLog log) {
        try (var cursor = log.read(log.start())) {
            for (long position = log.start(); position < log.durableEnd(); position++) {
                var entry = cursor.next();
                assertThat(entry.position()).isEqualTo(position);
                assertThat(entry.atMillis()).isEqualTo(position);
                assertThat(Arrays.equals(entry.bytes(), record(position)))
                        .as("record %d is as it was", position)
                        .isTrue();
            }
        }
    }

    /** The segment files, oldest first. */
    List<Path> files() {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path last() {
        return files().getLast();
    }

    /** The same log in another directory, its last file being of these bytes. */
    LogFiles copyWithLast(Path to, byte[] bytes) throws IOException {
        Files.createDirectories(to);
        for (var file : files()) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        Files.write(to.resolve(last().getFileName()), bytes);
        return new LogFiles(to, options);
    }

    /** Changes one byte of a file. */
    static void flip(Path file, long offset) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 0x10;
        Files.write(file, bytes);
    }
}
