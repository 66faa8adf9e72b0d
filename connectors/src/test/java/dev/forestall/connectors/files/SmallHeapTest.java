package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the file: one several times as large as all memory is sorted in a process of its own. */
class SmallHeapTest {

    private static final int EVENTS = 400_000;

    @TempDir
    Path directory;

    @Test
    void a_file_larger_than_the_heap_is_put_in_order_of_time() throws IOException, InterruptedException {
        Path log = directory.resolve("large.csv");
        Random random = new Random(1);
        try (var out = Files.newBufferedWriter(log)) {
            out.write("user,event,time,channel\n");
            for (int i = 0; i < EVENTS; i++) {
                out.write("user-" + random.nextInt(50_000) + ",contact," + (1_700_000_000_000L + random.nextInt()) + ","
                        + "x".repeat(100) + "\n");
            }
        }
        assertThat(Files.size(log)).isGreaterThan(2L * (24 << 20));

        Path said = directory.resolve("said.txt");
        Process reading = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InOrder.class.getName(),
                        log.toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(reading.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            reading.destroyForcibly();
        }

        assertThat(Files.readString(said, UTF_8)).isEqualTo(EVENTS + " in order\n");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(log, said);
        }
    }

    /** Reads a file in order of time and says how many events came in order. */
    static final class InOrder {

        private InOrder() {}

        public static void main(String[] fileAndScratch) {
            var options = FileOptions.upTo(Example.LATEST)
                    .withSortMemory(4 << 20)
                    .withRecordLimit(1 << 16)
                    .withScratch(Path.of(fileAndScratch[1]));
            var times = mapping()
                    .only("userId", "user")
                    .time("time", new dev.forestall.loop.host.FileMapping.TimeFormat.EpochMillis())
                    .property("channel", "channel", new dev.forestall.loop.host.FileMapping.Notation.Plain())
                    .byTime()
                    .build();
            long last = 0;
            int inOrder = 0;
            try (var source = FileSource.open(Path.of(fileAndScratch[0]), times, Example.PLAN, options)) {
                for (var next = source.next(); next.isPresent(); next = source.next()) {
                    long at = Reads.events(List.of(next.get())).getFirst().atMillis();
                    inOrder += at >= last ? 1 : 0;
                    last = at;
                }
            }
            System.out.print(inOrder + " in order\n");
        }
    }
}
