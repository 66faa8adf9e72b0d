package dev.forestall.acceptance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.Repository;
import dev.forestall.acceptance.crash.Gauge.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One replay with {@code --out} that is killed again and again, goes on each time, and at last comes to its end. */
final class Victim {

    /** What {@code kill -9} ends with: 128 and the number of the signal. */
    private static final int KILLED = 137;

    /** So long a step of a replay may take on the slowest machine before something is wrong. */
    private static final long PATIENCE_MILLIS = 120_000;

    private final CommandLine line;
    private final Path log;
    private final Path folder;
    private final List<Kill> kills = new ArrayList<>();
    private boolean begun;
    private String olderRecord = "";
    private boolean committed;

    /**
     * A kill that hit.
     *
     * @param stage in which it came
     * @param beforeFirstCommit whether nothing of the log had been worked in by then
     */
    record Kill(Stage stage, Reading at, boolean beforeFirstCommit) {}

    /** @param folder for its data, outputs and words */
    Victim(CommandLine line, Path log, Path folder) throws IOException {
        this.line = line;
        this.log = log;
        this.folder = Files.createDirectories(folder);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path record() {
        return data().resolve("run.json");
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** Leaves something of another log in the data directory, which the replay has to clear away first. */
    void findsAnOlderRunOf(Path other) throws IOException, InterruptedException {
        Process process = process(other, 1, false);
        assertThat(process.waitFor()).as(said()).isZero();
        olderRecord = Files.readString(record());
    }

    /** Runs undisturbed to the end. Answers how far each measure of it came. */
    Reading finish(int partitions) throws IOException, InterruptedException {
        Gauge gauge = new Gauge(data(), out());
        Process process = start(partitions);
        Reading most = gauge.read();
        for (long waited = 0; !process.waitFor(1, MILLISECONDS); waited++) {
            assertThat(waited).as("milliseconds").isLessThan(PATIENCE_MILLIS);
            most = most.orMore(gauge.read());
        }
        assertThat(process.exitValue()).as(said()).isZero();
        return most.orMore(gauge.read());
    }

    /**
     * Starts, or goes on, and is killed at a random moment of a stage, or in a later stage if it does not come by that one any more.
     *
     * @param calm how far the measures come in an undisturbed run
     * @return whether it was hit before it ended by itself
     */
    boolean isKilledIn(Stage stage, int partitions, Reading calm, SplittableRandom random)
            throws IOException, InterruptedException {
        long from = (long) (random.nextDouble() * 0.9 * calm.of(stage));
        int polls = random.nextInt(stage == Stage.OPENING ? 600 : 25);
        Gauge gauge = new Gauge(data(), out());
        Process process = start(partitions);
        Reading at = gauge.read();
        for (long waited = 0; polls > 0 && !process.waitFor(1, MILLISECONDS); waited++) {
            assertThat(waited).as("milliseconds").isLessThan(PATIENCE_MILLIS);
            at = gauge.read();
            boolean isThere = at.stage() == stage && at.of(stage) >= from;
            polls -= isThere || at.stage().compareTo(stage) > 0 ? 1 : 0;
        }
        process.destroyForcibly();
        int code = process.waitFor();
        // Killed before it touched what an older run has left, it has not begun: going on would mean that older run.
        begun |= !Files.exists(record()) || !Files.readString(record()).equals(olderRecord);
        at = gauge.read();
        boolean isFirst = !committed;
        committed |= at.stage().compareTo(Stage.COMMITTING) >= 0;
        if (code == 0) {
            return false;
        }
        assertThat(code).as(said()).isEqualTo(KILLED);
        kills.add(new Kill(at.stage(), at, isFirst && !committed));
        return true;
    }

    private Process start(int partitions) {
        Process process = process(log, partitions, begun);
        begun |= olderRecord.isEmpty();
        return process;
    }

    private Process process(Path file, int partitions, boolean resume) {
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                file.toString(),
                "--pack",
                Repository.root().resolve("packs/lending").toString(),
                "--data",
                data().toString(),
                "--out",
                out().toString(),
                "--partitions",
                Integer.toString(partitions),
                "--json"));
        if (resume) {
            arguments.add("--resume");
        }
        return line.start(folder.resolve("said.json"), folder.resolve("said.txt"), arguments);
    }

    List<Kill> kills() {
        return kills;
    }

    private String said() throws IOException {
        return "after " + kills + " the command said " + Files.readString(folder.resolve("said.txt"));
    }

    /** All that must be the same, by name: the outputs, what was rejected, and the figures of the report. */
    TreeMap<String, byte[]> results() throws IOException {
        TreeMap<String, byte[]> results = new TreeMap<>();
        for (Path each : List.of(out(), data().resolve("rejected"))) {
            try (Stream<Path> files = Files.walk(each)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    results.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        // How long it took, how much was new in the last start and where the data lies are no results.
        String report = Files.readString(folder.resolve("said.json"))
                .replaceAll("\"(elapsed_ms|new_events)\"\\s*:\\s*\\d+", "\"$1\": 0")
                .replace(folder.toString(), "");
        results.put("report", report.getBytes(UTF_8));
        return results;
    }
}
