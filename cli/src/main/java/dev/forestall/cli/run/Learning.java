package dev.forestall.cli.run;

import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Units;
import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.connectors.files.Progress.Phase;
import dev.forestall.embedded.MemoryRun;
import dev.forestall.pack.BaselineLearner;
import dev.forestall.pack.Baselines;
import dev.forestall.pack.Pack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Replays a log in memory to learn from it what is usual. */
public final class Learning {

    private final BaselineLearner learner;
    private long events;
    private long setAside;
    private long firstAtMillis = Long.MAX_VALUE;
    private long lastAtMillis = Long.MIN_VALUE;

    private Learning(Pack pack) {
        this.learner = new BaselineLearner(pack);
    }

    /**
     * @param mapping of the pack to read the log by; empty for the one that is meant for such a file
     * @param pack compiled for learning
     * @throws dev.forestall.connectors.files.WrongFile when the log cannot be read
     */
    public static Learning from(Path log, Optional<String> mapping, Pack pack, Progress progress) throws IOException {
        Learning learning = new Learning(pack);
        try (FileSource source = FileSource.open(
                        log,
                        Replay.mapping(log, mapping, pack.files()),
                        pack.definition().plan(),
                        FileOptions.upTo(Instant.now()));
                Watch watching = Watch.every100Millis(() -> tell(log, source, progress))) {
            learning.read(source, pack);
        }
        return learning;
    }

    private void read(FileSource source, Pack pack) {
        MemoryRun run = new MemoryRun(pack.definition(), effects -> effects.forEach(learner::after));
        for (Optional<FileRecord> next = source.next(); next.isPresent(); next = source.next()) {
            switch (next.get()) {
                case FileRecord.Arrived arrived -> {
                    events++;
                    firstAtMillis = Math.min(firstAtMillis, arrived.event().atMillis());
                    lastAtMillis = Math.max(lastAtMillis, arrived.event().atMillis());
                    run.accept(arrived.event());
                }
                case FileRecord.SetAside aside -> setAside++;
            }
        }
        run.finish();
    }

    private static void tell(Path log, FileSource source, Progress progress) {
        var at = source.progress();
        boolean isReading = at.phase() == Phase.READING;
        progress.at(
                (isReading ? "Reading " : "Learning from ") + log.getFileName(),
                at.share(),
                millis -> isReading ? Units.bytes(at.done()) : Units.count(at.done(), "event"));
    }

    public Baselines learned(Baselines.Provenance provenance) {
        return learner.learned(provenance);
    }

    public long events() {
        return events;
    }

    /** How many records could not be used. */
    public long setAside() {
        return setAside;
    }

    /** Time of the earliest event; {@link Long#MAX_VALUE} when there was none. */
    public long firstAtMillis() {
        return firstAtMillis;
    }

    /** Time of the latest event; {@link Long#MIN_VALUE} when there was none. */
    public long lastAtMillis() {
        return lastAtMillis;
    }
}
