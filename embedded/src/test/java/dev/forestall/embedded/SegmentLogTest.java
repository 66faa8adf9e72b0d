package dev.forestall.embedded;

import dev.forestall.loop.host.InputLog;
import dev.forestall.testkit.contract.InputLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest extends InputLogContract {

    /** Small, so that the suite crosses many files and many buffers. */
    private static final LogOptions SMALL = new LogOptions(40_000, 4 << 10);

    @TempDir(factory = MemoryDisk.class)
    Path directory;

    @Override
    protected InputLog open(String name) {
        return SegmentLog.open(directory.resolve(name), SMALL);
    }

    @Override
    protected void crash(String name, InputLog log) {
        ((SegmentLog) log).abandon();
    }
}
