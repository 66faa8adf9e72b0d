package dev.forestall.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.RealLogs;
import dev.forestall.acceptance.crash.Gauge.Reading;
import dev.forestall.acceptance.crash.Victim.Kill;
import dev.forestall.run.demo.DemoLog;
import dev.forestall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of a replay, then {@code --resume}: the outputs are those of an undisturbed run, byte for byte. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes end with another exit code there")
class KilledReplayTest {

    /** Some chunks of the log, so that there is something between the first commit and the last. */
    private static final int APPLICATIONS = 1_500;

    private static final int SEEDS = 3;
    /** So many replays, each with its own moments, share the processors. */
    private static final int AT_ONCE = 2;

    /** When one replay is to be killed, one start after the other. */
    private static final List<Stage> KILLS = List.of(
            Stage.ACCEPTING,
            Stage.COMMITTING,
            Stage.OPENING,
            Stage.COMMITTING,
            Stage.COMMITTING,
            Stage.WRITING,
            Stage.OPENING,
            Stage.FINISHING,
            Stage.WRITING);

    @TempDir
    Path folder;

    private CommandLine line;

    @BeforeEach
    void a_command_line() throws IOException {
        line = new CommandLine(folder);
    }

    @Test
    void a_replay_that_is_killed_fifty_times_ends_like_one_that_nobody_disturbs(TestInfo test) throws Exception {
        Path log = folder.resolve("log.csv");
        DemoLog.write(log, 7, APPLICATIONS);
        Path older = Files.createDirectories(folder.resolve("older")).resolve("log.csv");
        DemoLog.write(older, 8, APPLICATIONS / 10);
        Victim calm = new Victim(line, log, folder.resolve("calm"));
        Reading most = calm.finish(1);
        List<Kill> kills = new ArrayList<>();
        int[] seeds = new int[1];
        Seeds.each(test, SEEDS, (seed, random) -> {
            seeds[0]++;
            for (Victim victim : together(log, older, most, random, folder.resolve("seed-" + seed))) {
                assertSame(victim, calm);
                kills.addAll(victim.kills());
            }
        });
        // One seed alone need not meet everything.
        if (seeds[0] == SEEDS) {
            assertThat(kills).hasSizeGreaterThanOrEqualTo(50);
            assertThat(kills).filteredOn(Kill::beforeFirstCommit).hasSizeGreaterThanOrEqualTo(4);
            for (Stage stage : Stage.values()) {
                assertThat(kills)
                        .filteredOn(kill -> kill.stage() == stage)
                        .as("in %s", stage)
                        .hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void so_does_one_of_a_banks_log(TestInfo test) throws Exception {
        Path log = folder.resolve("events.csv");
        Path events = RealLogs.file("bpic2012_loan_applications/events.csv");
        try (Stream<String> lines = Files.lines(events)) {
            Files.write(log, (Iterable<String>) lines.limit(50_000)::iterator);
        }
        Victim calm = new Victim(line, log, folder.resolve("calm"));
        Reading most = calm.finish(1);
        Seeds.each(test, 1, (seed, random) -> {
            Victim victim = new Victim(line, log, folder.resolve("seed-" + seed));
            kill(victim, List.of(Stage.ACCEPTING, Stage.COMMITTING, Stage.COMMITTING, Stage.WRITING), most, random);
            assertSame(victim, calm);
        });
    }

    /** Some victims, side by side. Every second one finds an older run in its data directory. */
    private List<Victim> together(Path log, Path older, Reading most, SplittableRandom random, Path place)
            throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Victim>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                boolean findsOlder = i % 2 == 1;
                Victim victim = new Victim(line, log, place.resolve("victim-" + i));
                SplittableRandom own = random.split();
                all.add(lanes.submit(() -> {
                    if (findsOlder) {
                        victim.findsAnOlderRunOf(older);
                    }
                    kill(victim, KILLS, most, own);
                    return victim;
                }));
            }
            List<Victim> done = new ArrayList<>();
            for (Future<Victim> each : all) {
                done.add(each.get());
            }
            return done;
        }
    }

    /** Kills in each of the stages, and then lets it come to its end. */
    private static void kill(Victim victim, List<Stage> stages, Reading most, SplittableRandom random)
            throws IOException, InterruptedException {
        for (Stage stage : stages) {
            int misses = 0;
            while (!victim.isKilledIn(stage, 1 + random.nextInt(3), most, random)) {
                assertThat(++misses)
                        .as("starts that ended before they were hit")
                        .isLessThan(10);
            }
        }
        victim.finish(1 + random.nextInt(3));
    }

    private static void assertSame(Victim victim, Victim calm) throws IOException {
        TreeMap<String, byte[]> expected = calm.results();
        TreeMap<String, byte[]> found = victim.results();
        assertThat(found.keySet()).as("files after %s", victim.kills()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(Arrays.equals(found.get(name), bytes))
                .as("%s is the same after %s", name, victim.kills())
                .isTrue());
    }
}
