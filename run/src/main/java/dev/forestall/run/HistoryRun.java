package dev.forestall.run;

import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.connectors.files.Progress.Phase;
import dev.forestall.embedded.MemoryRun;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.pack.Pack;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a replay of a log in memory went over.
 *
 * @param events how many there were
 * @param rejected how many records could not be used
 * @param firstAtMillis time of the earliest event; {@link Long#MAX_VALUE} when there was none
 * @param lastAtMillis time of the latest event; {@link Long#MIN_VALUE} when there was none
 * @param present who a customer has turned out to be by the end of the log, by key
 */
public record HistoryRun(
        long events, long rejected, long firstAtMillis, long lastAtMillis, UnaryOperator<String> present) {

    /**
     * Replays a log from its beginning to its end.
     *
     * @param mapping of the pack to read the log by; empty for the one that is meant for such a file
     * @param pack whose files they are
     * @param definition that is to run: the pack's, or one made of it to learn from
     * @param effects is shown the effects of each step that had any
     * @param doing what is being done, for the progress: {@code Learning from}
     * @throws dev.forestall.connectors.files.WrongFile when the log cannot be read
     */
    public static HistoryRun over(
            Path log,
            Optional<String> mapping,
            Pack pack,
            Definition definition,
            Consumer<List<Effect>> effects,
            String doing,
            Progress progress)
            throws IOException {
        try (FileSource source = FileSource.open(
                        log,
                        Replay.mapping(log, mapping, pack.files()),
                        definition.plan(),
                        FileOptions.upTo(Instant.now()));
                Watch watching = Watch.every100Millis(() -> tell(log, doing, source, progress))) {
            return read(source, definition, effects);
        }
    }

    private static HistoryRun read(FileSource source, Definition definition, Consumer<List<Effect>> effects)
            throws IOException {
        MemoryRun run = new MemoryRun(definition, effects);
        long events = 0;
        long rejected = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Optional<FileRecord> next = source.next(); next.isPresent(); next = source.next()) {
            switch (next.get()) {
                case FileRecord.Arrived arrived -> {
                    events++;
                    first = Math.min(first, arrived.event().atMillis());
                    last = Math.max(last, arrived.event().atMillis());
                    run.accept(arrived.event());
                }
                case FileRecord.Rejection rejection -> rejected++;
            }
        }
        run.finish();
        return new HistoryRun(
                events,
                rejected,
                first,
                last,
                key -> run.present(SubjectId.customer(key)).key());
    }

    private static void tell(Path log, String doing, FileSource source, Progress progress) {
        var at = source.progress();
        boolean isReading = at.phase() == Phase.READING;
        progress.at(
                (isReading ? "Reading " : doing + " ") + log.getFileName(),
                at.share(),
                millis -> isReading ? Units.bytes(at.done()) : Units.count(at.done(), "event"));
    }
}
