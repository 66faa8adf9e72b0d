package dev.forestall.records.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first process of a server, as the server notes it in its directory.
 *
 * @param pid its number
 * @param startedAt when it started
 */
record Postmaster(long pid, Instant startedAt) {

    /** The system's own record of when a process started is kept in ticks since the machine's start. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private static final int LINE_OF_START = 2;

    /** What stands in the directory; empty when no server runs there, or ended well. */
    static Optional<Postmaster> in(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() <= LINE_OF_START) {
                return Optional.empty();
            }
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.getFirst().strip()),
                    Instant.ofEpochSecond(
                            Long.parseLong(lines.get(LINE_OF_START).strip()))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /** Whether it still runs. After a restart of the machine another process may bear its number: that one is left alone. */
    boolean isAlive() {
        return process().isPresent();
    }

    /** The process, while it runs. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(this::isIt);
    }

    private boolean isIt(ProcessHandle process) {
        boolean isPostgres = process.info().command().map(Path::of).map(Path::getFileName).stream()
                .anyMatch(name -> name.toString().equals("postgres"));
        boolean isOfThatTime = process.info().startInstant().stream()
                .anyMatch(start -> Duration.between(start, startedAt).abs().compareTo(CLOCKS_DIFFER) < 0);
        return isPostgres && isOfThatTime;
    }
}
