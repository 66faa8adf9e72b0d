package dev.forestall.run.draft;

import dev.forestall.connectors.files.RawRecords;
import dev.forestall.loop.Effect;
import dev.forestall.loop.signal.Signal;
import dev.forestall.pack.Pack;
import dev.forestall.pack.Packs;
import dev.forestall.pack.problem.Problem;
import dev.forestall.run.HistoryRun;
import dev.forestall.run.Progress;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a file that nobody has described and writes a pack for it. */
public final class Drafting {

    /** How often the progress is told, in records. */
    private static final long TOLD_EVERY = 10_000;

    private final Path file;
    private final DraftOptions options;
    private final Progress progress;

    private Drafting(Path file, DraftOptions options, Progress progress) {
        this.file = file;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Proposes a pack, tries its signals on the file, and writes it.
     *
     * @param pack where to write; its folder is made when it is not there
     * @throws DraftException when the file is no log of events
     * @throws dev.forestall.connectors.files.WrongFile when it cannot be read
     */
    public static Drafted write(Path file, Path pack, DraftOptions options, Progress progress) throws IOException {
        Draft draft = new Drafting(file, options, progress).tried();
        Path folder = pack.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(pack, PackText.of(draft));
        return Drafted.of(draft);
    }

    private Draft tried() throws IOException {
        Draft draft = draft();
        Pack pack = compiled(PackText.of(draft));
        Map<String, Set<String>> customers = new TreeMap<>();
        HistoryRun.over(
                file,
                Optional.empty(),
                pack,
                pack.definition(),
                effects -> effects.forEach(effect -> count(effect, customers)),
                "Trying signals on",
                progress);
        Map<String, Long> raised = new TreeMap<>();
        customers.forEach((signal, by) -> raised.put(signal, (long) by.size()));
        return draft.tried(
                SignalDrafts.worthwhile(
                        draft.signals(), raised, draft.stories().all().size()),
                raised);
    }

    private static void count(Effect effect, Map<String, Set<String>> customers) {
        if (effect instanceof Effect.SignalChanged(Signal.Raised raised)) {
            customers
                    .computeIfAbsent(raised.name(), each -> new HashSet<>())
                    .add(raised.id().subject().key());
        }
    }

    /** What is proposed is a pack without errors, or we were wrong. */
    private static Pack compiled(String text) {
        Packs.Checked checked = Packs.checkText(text);
        return checked.pack()
                .orElseThrow(() -> new IllegalStateException("the pack that was proposed has errors: "
                        + checked.problems().stream()
                                .filter(Problem::isError)
                                .map(Problem::toString)
                                .collect(Collectors.joining("; "))));
    }

    private Draft draft() throws IOException {
        RawRecords.Shape shape = RawRecords.shape(file, options.delimiter());
        List<Column> columns = new ArrayList<>(IntStream.range(0, shape.places().size())
                .mapToObj(place -> new Column(shape.places().get(place), place))
                .toList());
        long records = 0;
        long unreadable;
        boolean isAll = true;
        try (RawRecords raw = RawRecords.open(file, shape)) {
            while (raw.next()) {
                if (records == options.records()) {
                    isAll = false;
                    break;
                }
                records++;
                columns.forEach(column -> column.add(raw.text(column.place())));
                tell("Looking at", records);
            }
            unreadable = raw.unreadable();
        }
        Roles roles = Roles.of(columns, options);
        Stories stories;
        try (RawRecords raw = RawRecords.open(file, shape)) {
            stories = Stories.read(raw, columns, roles, roles.missing(columns).keySet(), options.records());
        }
        return new Proposal(shape, columns, roles, stories, options)
                .draft(String.valueOf(file.getFileName()), records, isAll, unreadable);
    }

    private void tell(String doing, long records) {
        if (records % TOLD_EVERY == 0) {
            progress.at(doing + " " + file.getFileName(), Double.NaN, millis -> Units.count(records, "record"));
        }
    }
}
