package dev.forestall.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Pace;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.pattern.Reference;
import dev.forestall.benchmarks.pattern.Tally;
import dev.forestall.benchmarks.stream.StreamSize;
import dev.forestall.benchmarks.stream.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every engine gives the brute-force answer, in every form of the stream; else its speed would mean nothing. */
class ContendersTest {

    private static final Tally RIGHT =
            Reference.tally(Traffic.of(StreamSize.TINY).activities());

    @TempDir
    private Path folder = Path.of("");

    /** Each kind of engine once: a Flink cluster takes a second or two to start, and its parallelism is Flink's business. */
    static List<Contender> contenders() {
        return Stream.of(
                        "hand-written",
                        "hand-written-2",
                        "hand-written-p123",
                        "forestall",
                        "forestall-2",
                        "flink-chained",
                        "flink-tuned",
                        "flink-cep")
                .map(Contenders::named)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void finds_in_objects_what_brute_force_finds(Contender contender) throws Exception {
        isRight(contender, Workloads.objects(StreamSize.TINY, contender.parts(), folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hand-written",
                "hand-written-2",
                "forestall",
                "forestall-2",
                "forestall-durable-2",
                "flink-keyed-2"
            })
    void finds_in_json_what_brute_force_finds(String name) throws Exception {
        var contender = Contenders.named(name);
        isRight(contender, Workloads.json(StreamSize.TINY, contender.parts(), folder));
    }

    @Test
    void finds_at_a_fixed_rate_what_brute_force_finds() throws Exception {
        isRight(Contenders.named("hand-written"), Workloads.paced(StreamSize.TINY, 1, Pace.unlimited(), folder));
    }

    static Stream<Pattern> patterns() {
        return Stream.of(Pattern.values());
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void the_stream_holds_many_matches_of_every_pattern(Pattern pattern) {
        assertThat(RIGHT.count(pattern)).isGreaterThan(100);
    }

    private static void isRight(Contender contender, Workload workload) throws Exception {
        var tallies = new Tallies();
        try (var race = contender.prepare(workload)) {
            race.run(tallies);
        }
        for (var pattern : Pattern.values()) {
            var expected = contender.patterns().contains(pattern) ? RIGHT : new Tally();
            assertThat(tallies.sum().format(pattern)).as(pattern.label()).isEqualTo(expected.format(pattern));
        }
    }
}
