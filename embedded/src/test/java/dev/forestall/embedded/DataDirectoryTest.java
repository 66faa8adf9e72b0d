package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.StateStore.Durability;
import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final DataDirectory.Options OPTIONS = new DataDirectory.Options(
            "1.2.3", new LogOptions(4 << 10, 4 << 10), new StateOptions(8 << 20, Durability.POWER));

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    @Test
    void a_missing_directory_is_made_and_says_who_made_it() throws IOException {
        var path = directory.resolve("a/b");
        open(path).close();
        assertThat(Files.readString(path.resolve("FORMAT")))
                .isEqualTo("forestall data directory\nformat 4\nwritten by 1.2.3\n");
        assertThat(path.resolve("log")).isDirectory();
        assertThat(path.resolve("state")).isDirectory();
    }

    @Test
    void what_was_put_in_is_there_again() {
        try (var data = open(directory)) {
            LogFiles.append(data.log(), 10);
            data.log().sync();
            commitPosition(data, 7);
        }
        try (var data = open(directory)) {
            assertThat(data.log().durableEnd()).isEqualTo(10);
            assertThat(data.log().tornTail()).isEmpty();
            assertThat(data.state().position()).isEqualTo(7);
        }
    }

    @Test
    void a_directory_in_use_is_refused_and_free_once_closed() {
        var path = directory.toAbsolutePath().toString();
        try (var data = open(directory)) {
            assertThat(data.log().end()).isEqualTo(0);
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(StorageException.class)
                    .hasMessage(
                            "EMB-001 the data directory %s is in use by process %d. Stop that process, or name another directory.",
                            path, ProcessHandle.current().pid());
        }
        var data = open(directory);
        data.close();
        data.close();
    }

    @Test
    void a_directory_of_something_else_is_refused_and_left_alone() throws IOException {
        Files.writeString(directory.resolve("holiday.txt"), "photographs");
        assertThatThrownBy(() -> open(directory))
                .hasMessageStartingWith("EMB-002")
                .hasMessageContaining("'holiday.txt'")
                .hasMessageContaining("Name an empty directory");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_in_place_of_the_directory_is_refused() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> open(file)).hasMessageStartingWith("EMB-005").hasMessageContaining(file.toString());
    }

    @Test
    void data_of_another_format_is_refused_and_left_alone() throws IOException {
        open(directory).close();
        var format = directory.resolve("FORMAT");
        for (int other : new int[] {3, 5}) {
            Files.writeString(format, "forestall data directory\nformat " + other + "\nwritten by 9.0.0\n");
            assertThatThrownBy(() -> open(directory))
                    .hasMessageStartingWith("EMB-003")
                    .hasMessageContaining("was written by Forestall 9.0.0 in format " + other)
                    .hasMessageContaining("this is Forestall 1.2.3, which reads format 4");
            assertThat(Files.readString(format)).contains("format " + other);
        }
        Files.writeString(format, "forestall data directory\nformat 4\nwritten by 0.9.0\n");
        open(directory).close();
    }

    @Test
    void an_unreadable_format_is_refused() throws IOException {
        open(directory).close();
        Files.writeString(directory.resolve("FORMAT"), "forestall\n");
        assertThatThrownBy(() -> open(directory)).hasMessageStartingWith("EMB-004");
    }

    @Test
    void a_crash_while_the_directory_is_made_does_not_keep_it_from_being_made() throws IOException {
        Files.writeString(directory.resolve("LOCK"), "");
        Files.writeString(directory.resolve("FORMAT" + SegmentLog.NEW), "forest");
        open(directory).close();
        open(directory).close();
    }

    @Test
    void state_that_has_read_more_than_the_log_holds_is_refused() throws IOException {
        try (var data = open(directory)) {
            LogFiles.append(data.log(), 10);
            data.log().sync();
            commitPosition(data, 10);
        }
        var only = new LogFiles(directory.resolve("log"), OPTIONS.log()).last();
        Files.delete(only);
        assertThatThrownBy(() -> open(directory))
                .hasMessageStartingWith("EMB-012")
                .hasMessageContaining("the state has read the log up to record 10, but the log ends before record 0");
    }

    @Test
    void a_log_that_no_longer_holds_what_the_state_must_read_is_refused() {
        try (var data = open(directory)) {
            LogFiles.append(data.log(), 1_000);
            data.log().sync();
            commitPosition(data, 5);
            assertThat(data.log().retain(Long.MAX_VALUE, 1_000)).isGreaterThan(5);
        }
        assertThatThrownBy(() -> open(directory))
                .hasMessageStartingWith("EMB-012")
                .hasMessageContaining("the state has read the log up to record 5, but the log begins with record ");
    }

    @Test
    void damaged_state_is_refused_with_what_to_do() throws IOException {
        try (var data = open(directory)) {
            commitPosition(data, 0);
        }
        Files.writeString(directory.resolve("state/CURRENT"), "MANIFEST-000000\n");
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageMatching("(?s)EMB-01[01] the state in .*/state can't be opened: .*");
        // What was refused is free again, for whoever repairs it.
        assertThatThrownBy(() -> open(directory)).hasMessageMatching("(?s)EMB-01[01] .*");
    }

    private static DataDirectory open(Path path) {
        return DataDirectory.open(path, OPTIONS);
    }

    private static void commitPosition(DataDirectory data, long position) {
        try (var batch = data.state().batch()) {
            data.state().commit(batch.position(position));
        }
    }
}
