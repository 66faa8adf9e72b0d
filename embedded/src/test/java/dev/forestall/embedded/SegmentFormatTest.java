package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes on disk: what this version writes, and that all written by any version is read. */
class SegmentFormatTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path directory;

    @Test
    void a_segment_is_written_as_ever() throws IOException {
        var file = GOLDEN.resolve("segment-v1.bin");
        var written = segment();
        if ("write".equals(System.getProperty("forestall.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.write(file, written);
        }
        assertThat(HEX.formatHex(written)).isEqualTo(HEX.formatHex(Files.readAllBytes(file)));
    }

    @Test
    void a_segment_of_version_1_is_read() throws IOException {
        var golden = new LogFiles(directory.resolve("old"), LogOptions.defaults());
        Files.createDirectories(golden.directory());
        Files.copy(GOLDEN.resolve("segment-v1.bin"), golden.directory().resolve("00000000000000000000.log"));
        try (var log = golden.open()) {
            LogFiles.requireWhole(log);
            assertThat(log.durableEnd()).isGreaterThan(30);
            assertThat(log.start()).isEqualTo(0);
        }
    }

    /** The first file of a log that has two. */
    private byte[] segment() throws IOException {
        var files = new LogFiles(directory.resolve("new"), new LogOptions(4 << 10, 4 << 10));
        try (var log = files.open()) {
            while (files.files().size() < 2) {
                LogFiles.append(log, log.end() + 1);
                if (log.end() % 20 == 0) {
                    log.sync();
                }
            }
        }
        return Files.readAllBytes(files.files().getFirst());
    }

    @Test
    void keys_and_values_of_the_state_are_written_as_ever() {
        var subject = new byte[] {'a', 0, 'b'};
        var saved = new Saved(new byte[] {7, 8}, 1_000);
        var effect = RocksKeys.effect(258, subject, 3);
        assertThat(hex(RocksKeys.saved(saved))).isEqualTo("00000000000003e8" + "0708");
        assertThat(hex(RocksKeys.wake(1_000, subject))).isEqualTo("80000000000003e8" + "610062");
        assertThat(hex(effect)).isEqualTo("0000000000000102" + "6100ff62" + "0000" + "00000003");
        assertThat(hex(RocksKeys.input(subject, 5))).isEqualTo("6100ff62" + "0000" + "0000000000000005");
        assertThat(hex(RocksKeys.laterInputs(new long[] {5, 6, 305}))).isEqualTo("01" + "ab02");
        assertThat(hex(RocksKeys.named("é"))).isEqualTo("6e" + "c3a9");
        assertThat(new String(RocksKeys.POSITION, StandardCharsets.US_ASCII)).isEqualTo("p");

        assertThat(RocksKeys.saved(RocksKeys.saved(saved)).wakeMillis()).isEqualTo(1_000);
        assertThat(RocksKeys.wake(RocksKeys.wake(-5, subject)).atMillis()).isEqualTo(-5);
        Effect read = RocksKeys.effect(effect, new byte[] {1});
        assertThat(read.position()).isEqualTo(258);
        assertThat(read.subject()).isEqualTo(subject);
        assertThat(read.index()).isEqualTo(3);
        assertThat(RocksKeys.inputs(RocksKeys.input(subject, 5), RocksKeys.laterInputs(new long[] {5, 6, 305})))
                .containsExactly(5, 6, 305);
    }

    private static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }
}
