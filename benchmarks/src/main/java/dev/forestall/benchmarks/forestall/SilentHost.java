package dev.forestall.benchmarks.forestall;

import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.pack.Pack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The embedded host as it is run, open over the states of a whole stream, behind which nothing comes any more: only time passes. */
public final class SilentHost implements AutoCloseable {

    /** How often whoever runs a live host tells it what time it is. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final EmbeddedHost embedded;
    private final long endMillis;
    private final long openedNanos = System.nanoTime();

    private SilentHost(EmbeddedHost embedded) {
        this.embedded = embedded;
        this.endMillis = embedded.host().accepted().latestMillis();
    }

    /** Works a stream of JSON lines into a new data directory. */
    public static SilentHost after(Workload workload, Path directory) {
        Pack pack = PatternsPack.compile();
        EmbeddedHost embedded = EmbeddedHost.open(directory, "benchmark", pack.definition(), HostOptions.defaults());
        Events.into(embedded.host(), pack, workload);
        embedded.host().commit();
        return new SilentHost(embedded);
    }

    /** Lets time pass as it does, and no faster: what the stream has left to wait for falls due on the way. */
    public void stay(Duration silence) {
        long until = System.nanoTime() + silence.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            long elapsed = Duration.ofNanos(System.nanoTime() - openedNanos).toMillis();
            embedded.host().passTime(endMillis + elapsed);
            embedded.host().commit();
        }
    }

    @Override
    public void close() {
        embedded.close();
    }
}
