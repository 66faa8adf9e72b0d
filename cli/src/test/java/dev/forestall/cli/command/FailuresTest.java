package dev.forestall.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Terminal;
import dev.forestall.loop.host.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever goes wrong, a person is told what to do. */
class FailuresTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Failures failures = new Failures(new Console(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.detect(Map.of())));

    @Command(name = "nothing")
    static final class Nothing implements Runnable {
        @Override
        public void run() {
            // It is never asked.
        }
    }

    private int code(Exception failure) {
        CommandLine line = new CommandLine(new Nothing());
        return failures.handleExecutionException(failure, line, line.parseArgs());
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    @Test
    void memory_that_runs_out_on_another_thread_is_told_as_such() {
        Exception failure = new IllegalStateException(
                "working in a chunk failed", new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertThat(code(failure)).isEqualTo(Exit.NO_MEMORY.code());
        assertThat(said())
                .contains("CLI-021")
                .contains("-Xmx2g")
                .contains("--resume")
                .doesNotContain("mistake");
    }

    @Test
    void what_is_nested_too_deeply_is_no_mistake_of_ours() {
        assertThat(code(new IllegalStateException(new StackOverflowError()))).isEqualTo(Exit.USAGE.code());
        assertThat(said()).contains("CLI-022").contains("regular expression");
    }

    @Test
    void a_full_disk_is_a_full_disk_wherever_it_is_noticed() {
        IOException full = new IOException("No space left on device");
        assertThat(code(new StorageException(CliError.NOT_WRITTEN, "the log cannot be written: " + full, full)))
                .isEqualTo(Exit.DISK.code());
        assertThat(code(new StorageException(CliError.NOT_WRITTEN, "it holds something else")))
                .isEqualTo(Exit.DATA.code());
        assertThat(code(full)).isEqualTo(Exit.DISK.code());
        assertThat(said()).contains("room on the disk");
    }

    @Test
    void a_file_that_is_missing_is_no_full_disk() {
        assertThat(code(new NoSuchFileException("events.csv"))).isEqualTo(Exit.DISK.code());
        assertThat(said()).contains("events.csv does not exist").doesNotContain("room");
    }
}
