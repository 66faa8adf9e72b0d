package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.engine.Contender;
import dev.forestall.benchmarks.engine.Track;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.pack.Pack;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Forestall as it is run: every event into the log and synced, states, effects and position committed together in RocksDB,
 * effects handed out once committed.
 *
 * @param threads partitions of the host; reading, the log and commits have threads of their own
 */
public record ForestallDurable(int threads) implements Contender {

    @Override
    public String name() {
        return threads == 1 ? "forestall-durable" : "forestall-durable-" + threads;
    }

    @Override
    public Set<Pattern> patterns() {
        return EnumSet.allOf(Pattern.class);
    }

    @Override
    public boolean takesPart(Form form) {
        return form == Form.JSON;
    }

    /** One file, whatever the number of partitions: the host shares the customers out. */
    @Override
    public int parts() {
        return 1;
    }

    @Override
    public Race prepare(Workload workload) {
        return new Replay(PatternsPack.compile(), workload);
    }

    private final class Replay implements Race {

        private final Pack pack;
        private final Workload workload;
        private int runs;

        Replay(Pack pack, Workload workload) {
            this.pack = pack;
            this.workload = workload;
        }

        @Override
        public void run(Track track) {
            var directory = workload.scratch().resolve(name() + "-" + runs++);
            var matches = track.sink();
            try (var embedded = open(directory)) {
                var host = embedded.host();
                Events.into(host, pack, workload);
                host.finish();
                // Consumers read effects from the store: so does the one that counts here.
                try (Cursor<Effect> effects = host.effects()) {
                    effects.forEachRemaining(effect -> PatternsPack.report(effect, MatchSink.TIME, matches));
                }
                track.full();
                var stored = host.statistics(SubjectId.CUSTOMER);
                track.stored(stored.subjects(), stored.keyBytes() + stored.stateBytes());
            }
        }

        private EmbeddedHost open(Path directory) {
            return EmbeddedHost.open(
                    directory,
                    "benchmark",
                    pack.definition(),
                    HostOptions.defaults().withPartitions(threads));
        }
    }
}
