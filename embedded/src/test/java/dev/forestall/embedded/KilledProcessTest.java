package dev.forestall.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import dev.forestall.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process, with no chance to tidy up, and looks at what it leaves. */
class KilledProcessTest {

    @TempDir
    Path directory;

    @Test
    void whatever_a_killed_process_said_was_done_is_there_and_nothing_by_halves(TestInfo test) {
        Seeds.each(test, 6, (seed, random) -> {
            // Named without its folder: a data directory may be given as a relative path.
            var said = killed("data", seed, random);
            try (var data = DataDirectory.open(directory.resolve("data"), WorkUntilKilled.OPTIONS)) {
                assertThat(data.log().durableEnd()).isPositive().isGreaterThanOrEqualTo(last(said, "log "));
                LogFiles.requireWhole(data.log());
                assertThat(data.state().position())
                        .isBetween(last(said, "state "), data.log().durableEnd());
                requireConsistent(data.state());
            }
            assertThat(directory.resolve("data/state/native.new")).doesNotExist();
        });
    }

    private static void requireConsistent(StateStore state) {
        var position = state.position();
        var wakes = 0;
        for (int subject = 0; subject < WorkUntilKilled.SUBJECTS; subject++) {
            var expected = WorkUntilKilled.expected(subject, position);
            var found = state.get(WorkUntilKilled.key(subject));
            if (found.isPresent()) {
                assertThat(found.get().state()).isEqualTo(expected.state());
            }
            assertThat(found.map(StateStore.Saved::wakeMillis).orElse(StateStore.NEVER))
                    .isEqualTo(expected.wakeMillis());
            wakes += expected.wakeMillis() == StateStore.NEVER ? 0 : 1;
            var own = (long) subject;
            assertThat(list(state.inputs(WorkUntilKilled.key(subject), 0)))
                    .isEqualTo(LongStream.range(0, position)
                            .filter(each -> each % WorkUntilKilled.SUBJECTS == own)
                            .boxed()
                            .toList());
        }
        assertThat(state.due(Long.MAX_VALUE, 100)).hasSize(wakes);
        assertThat(list(state.effects(0)).stream().map(StateStore.Effect::position))
                .isEqualTo(LongStream.range(0, position).boxed().toList());
    }

    /** Starts the process, lets it say some lines, kills it, and answers all that it had said. */
    private List<String> killed(String data, long seed, SplittableRandom random) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorkUntilKilled.class.getName(),
                        data,
                        Long.toString(seed))
                .directory(Files.createDirectories(directory).toFile())
                .redirectError(directory.resolve("complaints").toFile())
                .start();
        var said = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (int wait = random.nextInt(1, 120); wait > 0; wait--) {
                add(lines.readLine(), said);
            }
            // By its handle, which leaves open what it has said.
            process.toHandle().destroyForcibly();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        }
        assertThat(process.waitFor()).as("exit code of a killed process").isNotZero();
        return said;
    }

    private void add(@Nullable String line, List<String> said) throws IOException {
        assertThat(line)
                .as("the process ended by itself, complaining: %s", Files.readString(directory.resolve("complaints")))
                .isNotNull();
        said.add(line);
    }

    /** The number in the last whole line that begins so; the very last may have been cut off by the kill. */
    private static long last(List<String> said, String begin) {
        return said.subList(0, said.size() - 1).stream()
                .filter(line -> line.startsWith(begin))
                .mapToLong(line -> Long.parseLong(line.substring(begin.length())))
                .max()
                .orElse(0);
    }

    private static <T> List<T> list(Cursor<T> cursor) {
        try (cursor) {
            var list = new ArrayList<T>();
            cursor.forEachRemaining(list::add);
            return list;
        }
    }
}
