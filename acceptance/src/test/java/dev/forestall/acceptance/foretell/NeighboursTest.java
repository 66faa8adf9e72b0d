package dev.forestall.acceptance.foretell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.MemoryRun;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.risk.Sample;
import dev.forestall.testkit.MemoryHost;
import dev.forestall.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What customers are told by groups and resources is known while history is learned from as it is live. */
class NeighboursTest {

    private static final Definition PLAIN = Neighbours.definition();
    private static final List<String> KEYS =
            PLAIN.features().all(Levels.NONE).stream().map(Feature::key).toList();

    private static void take(List<Effect> effects, List<Sample.Taken> taken) {
        for (Effect each : effects) {
            if (each instanceof Effect.Sampled sampled && sampled.sample() instanceof Sample.Taken sample) {
                taken.add(sample);
            }
        }
    }

    private static List<Sample.Taken> whileLearning(List<Event> log) {
        List<Sample.Taken> taken = new ArrayList<>();
        MemoryRun run = new MemoryRun(PLAIN.sampling(KEYS), effects -> take(effects, taken));
        log.forEach(run::accept);
        run.finish();
        return taken;
    }

    private static List<Sample.Taken> live(List<Event> log) {
        List<Sample.Taken> taken = new ArrayList<>();
        take(MemoryHost.run(PLAIN.sampling(KEYS), log).effects(), taken);
        return taken;
    }

    private static double value(Sample.Taken sample, String key) {
        return sample.row()[KEYS.indexOf(key)];
    }

    @Test
    void every_feature_of_every_moment_is_the_same_while_learning_and_live() {
        int off = 0;
        for (int seed = 0; seed < 20; seed++) {
            List<Event> log = Neighbours.stream(new SplittableRandom(seed), 250);
            List<Sample.Taken> learned = whileLearning(log);
            List<Sample.Taken> live = live(log);
            assertThat(learned).hasSameSizeAs(log);
            assertThat(live).hasSameSizeAs(log);
            for (int i = 0; i < learned.size(); i++) {
                assertThat(learned.get(i).id()).isEqualTo(live.get(i).id());
                assertThat(Arrays.equals(learned.get(i).row(), live.get(i).row()))
                        .as("seed %d, %s", seed, learned.get(i).id())
                        .isTrue();
                off += value(live.get(i), "context.busy_calls") == 1 ? 1 : 0;
            }
        }
        assertThat(off).as("moments at which a group is off").isGreaterThan(100);
    }

    @Test
    void how_busy_a_resource_is_is_what_brute_force_says() {
        int[] known = new int[1];
        Seeds.forEach(12, seed -> {
            List<Event> log = Neighbours.stream(new SplittableRandom(seed), 120);
            LoadOracle oracle = new LoadOracle(log);
            List<Sample.Taken> samples = whileLearning(log);
            for (int i = 0; i < log.size(); i++) {
                LoadOracle.Known expected = oracle.known(Neighbours.who(log.get(i)), i);
                assertThat(Float.valueOf((float) value(samples.get(i), "load(desk)")))
                        .as("load after event %d", i)
                        .isEqualTo(Float.valueOf((float) expected.uses()));
                assertThat(Float.valueOf((float) value(samples.get(i), "busy(desk)")))
                        .as("busy after event %d", i)
                        .isEqualTo(Float.valueOf((float) expected.busy()));
                known[0] += Double.isNaN(expected.busy()) ? 0 : 1;
            }
        });
        assertThat(known[0]).as("moments at which the load and its rule are known").isGreaterThan(100);
    }
}
