package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Engine;
import dev.forestall.testkit.ManualClock;
import dev.forestall.testkit.Times;
import dev.forestall.testkit.contract.EngineContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest extends EngineContract {

    private static final IntakeOptions HISTORY = new IntakeOptions(ROOM, 1 << 20, Duration.ofMillis(100), false);

    private static final DataDirectory.Options LAYOUT =
            DataDirectory.Options.defaults("test").withOwnNames();

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    @Override
    protected Engine open(String name, Definition inForce, List<Definition> others) {
        HostOptions options = HostOptions.defaults()
                .withChunk(64)
                .withClock(new ManualClock(Times.START.toEpochMilli()))
                .withDefinitions(hash ->
                        others.stream().filter(each -> each.hash().equals(hash)).findFirst());
        return new EmbeddedEngine(
                EmbeddedHost.open(directory.resolve(name), LAYOUT, inForce, options),
                EngineOptions.defaults().withIntake(HISTORY));
    }
}
