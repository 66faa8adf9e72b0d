package dev.forestall.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries come out as a stable sort in memory would give them, whatever fits in memory. */
class TimeSorterTest {

    @TempDir
    Path directory;

    private record Entry(long key, String text) {}

    private static List<Entry> random(long seed, int count, int keys, int length) {
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(random.nextInt(keys), i + "x".repeat(random.nextInt(length))));
        }
        return entries;
    }

    private List<String> sorted(List<Entry> entries, int memory) throws IOException {
        try (var sorter = new TimeSorter(memory, directory)) {
            for (Entry entry : entries) {
                sorter.add(entry.key, entry.text.getBytes(UTF_8));
            }
            sorter.sort();
            assertThat(sorter.count()).isEqualTo(entries.size());
            List<String> texts = new ArrayList<>();
            while (sorter.next()) {
                texts.add(new String(sorter.bytes(), sorter.from(), sorter.to() - sorter.from(), UTF_8));
            }
            assertThat(sorter.next()).isFalse();
            return texts;
        }
    }

    private static List<String> expected(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::key))
                .map(Entry::text)
                .toList();
    }

    @Test
    void in_memory() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            var entries = random(seed, (int) (seed * seed), 1 + (int) seed * 3, 20);

            assertThat(sorted(entries, 1 << 20)).as("seed %d", seed).isEqualTo(expected(entries));
        }
    }

    @Test
    void in_some_runs_on_disk() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            var entries = random(seed, 5_000, 300, 60);

            assertThat(sorted(entries, 1 << 14)).as("seed %d", seed).isEqualTo(expected(entries));
        }
    }

    @Test
    void in_more_runs_than_are_merged_at_once() throws IOException {
        // About 10 entries fit, so there are thousands of runs and two rounds of merging.
        var entries = random(1, 50_000, 1_000, 60);

        assertThat(sorted(entries, 1 << 9)).isEqualTo(expected(entries));
    }

    @Test
    void entries_larger_than_all_memory() throws IOException {
        var entries = List.of(
                new Entry(3, "a".repeat(300_000)),
                new Entry(1, "b"),
                new Entry(3, ""),
                new Entry(2, "c".repeat(100_000)));

        assertThat(sorted(entries, 1 << 10)).isEqualTo(expected(entries));
    }

    @Test
    void the_latest_time_that_options_let_in_is_a_key() throws IOException {
        long last = FileOptions.upTo(java.time.Instant.parse("2100-01-01T00:00:00Z"))
                        .latestMillis()
                + 1;
        var entries = List.of(new Entry(last, "late"), new Entry(0, "first"));

        assertThat(sorted(entries, 1 << 20)).containsExactly("first", "late");
        assertThatThrownBy(() -> sorted(List.of(new Entry(TimeSorter.MAX_KEY + 1, "")), 1 << 20))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_stays_on_disk() throws IOException {
        sorted(random(1, 5_000, 300, 60), 1 << 14);

        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_directory_that_cannot_be_written_to_is_explained() {
        Path none = directory.resolve("none");

        assertThatThrownBy(() -> {
                    try (var sorter = new TimeSorter(100, none)) {
                        sorter.add(1, new byte[80]);
                        sorter.add(1, new byte[80]);
                    }
                })
                .isInstanceOf(WrongFile.class)
                .hasMessageStartingWith("CON-010 sorting needs room on disk and could not use " + none);
    }
}
