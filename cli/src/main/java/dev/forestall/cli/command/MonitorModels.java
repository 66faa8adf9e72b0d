package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.command.Monitored.Now;
import dev.forestall.cli.command.Monitored.Rival;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Progress;
import dev.forestall.learning.card.Contest;
import dev.forestall.learning.drift.CalibrationDrift;
import dev.forestall.learning.drift.InputDrift;
import dev.forestall.learning.judge.Figures;
import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.pack.model.Models;
import dev.forestall.pack.model.Models.Entry;
import dev.forestall.pack.model.Models.Stage;
import dev.forestall.pack.model.SavedModel;
import dev.forestall.run.ExternalModels;
import dev.forestall.run.Lessons;
import dev.forestall.run.Lessons.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Do the champions of a pack still do what they did? Looks at history that goes on behind what each was learned from: what it looks at,
 * what its probabilities are worth, and how those who wait beside it would have done on the very same moments.
 */
final class MonitorModels {

    private static final int DRAWS = 400;
    private static final int MIN_CUSTOMERS = 30;

    private final Console console;
    private final Request request;
    private final Models models;

    /**
     * What is asked.
     *
     * @param pack its folder, or its single file
     * @param log history
     * @param mapping by which to read it
     * @param prediction only this one; empty for all that have a champion
     * @param isRetraining whether to learn anew what has drifted or is due
     * @param isJson whether a program reads what is found
     */
    record Request(
            Path pack,
            Path log,
            Optional<String> mapping,
            Optional<String> prediction,
            boolean isRetraining,
            boolean isJson) {}

    MonitorModels(Console console, Request request, Models models) {
        this.console = console;
        this.request = request;
        this.models = models;
    }

    int run() throws IOException, PackException {
        Pack pack = Packs.compileWithoutModels(request.pack);
        List<Monitored> all = new ArrayList<>();
        try (Progress progress = console.progress()) {
            for (Prediction prediction : pack.definition().risks().all()) {
                Optional<Entry> champion = models.champion(prediction.name());
                if (champion.isPresent()
                        && request.prediction.map(prediction.name()::equals).orElse(true)) {
                    all.add(monitor(pack, prediction, champion.get(), progress));
                }
            }
        }
        if (all.isEmpty()) {
            throw CliError.NO_MODEL.because(
                    Exit.USAGE,
                    "no prediction that is asked for has a champion. Learn one: forestall learn LOG --pack "
                            + request.pack);
        }
        if (request.isJson) {
            Json.print(console, to -> MonitorJson.write(to, all));
        } else {
            all.forEach(new MonitorText(console.page())::print);
        }
        boolean isCalm = all.stream().allMatch(each -> each.alarms().isEmpty());
        if (request.isRetraining) {
            return retrain(all, console.page());
        }
        return isCalm ? Exit.OK.code() : Exit.PROBLEMS.code();
    }

    private Monitored monitor(Pack pack, Prediction prediction, Entry champion, Progress progress) throws IOException {
        SavedModel saved = models.read(champion);
        List<Entry> waiting = models.list().stream()
                .filter(each -> each.prediction().equals(prediction.name()))
                .filter(each -> each.stage() == Stage.SHADOW || each.stage() == Stage.CHALLENGER)
                .toList();
        List<Fitted> fitted = new ArrayList<>(List.of(saved.fitted()));
        for (Entry each : waiting) {
            fitted.add(models.read(each).fitted());
        }
        try (ExternalModels external = ExternalModels.of(fitted, models)) {
            Seen seen = Lessons.of(request.log, request.mapping, pack, prediction, fitted, progress);
            long fresh = saved.provenance().to().toEpochMilli() + prediction.horizonMillis();
            Examples known = seen.lesson().examples();
            int[] rows = behind(known, fresh);
            int[] columns = columns(known, saved.fitted());
            List<Judged> ways = new ArrayList<>();
            for (Fitted each : fitted) {
                ways.add(judged(known, rows, columns(known, each), external.probability(each)));
            }
            boolean isEnough = known.subjectsWithOutcome(rows) >= MIN_CUSTOMERS;
            Figures[][] draws = isEnough ? Judged.draws(ways, DRAWS, 1) : new Figures[0][];
            return new Monitored(
                    champion,
                    saved,
                    rows.length,
                    known.outcomes(rows),
                    known.subjects(rows),
                    isEnough ? List.of(now(ways.getFirst(), draws[0])) : List.of(),
                    saved.spreads() == null
                            ? List.of()
                            : InputDrift.of(
                                    seen.all(),
                                    behind(seen.all(), fresh),
                                    columns(seen.all(), saved.fitted()),
                                    saved.spreads(),
                                    seen.run().lastAtMillis()),
                    saved.spreads() != null,
                    CalibrationDrift.of(
                            known, rows, columns, external.probability(saved.fitted()), prediction.horizonMillis()),
                    isEnough ? rivals(waiting, ways, draws) : List.of(),
                    due(pack, saved, seen.run().lastAtMillis()));
        }
    }

    private static long due(Pack pack, SavedModel saved, long endMillis) {
        Long after = pack.retrainMillis().get(saved.prediction());
        return after == null ? -1 : endMillis - saved.provenance().to().toEpochMilli() - after;
    }

    private static int[] behind(Examples examples, long atMillis) {
        return Arrays.stream(examples.all())
                .filter(row -> examples.atMillis(row) > atMillis)
                .toArray();
    }

    private static int[] columns(Examples examples, Fitted model) {
        List<String> keys = examples.columns().stream().map(Column::key).toList();
        return model.inputs().stream()
                .mapToInt(input -> keys.indexOf(input.key()))
                .toArray();
    }

    private static Judged judged(Examples examples, int[] rows, int[] columns, ToDoubleFunction<float[]> probability) {
        return Contest.judged(examples, rows, columns, probability);
    }

    private static Now now(Judged judged, Figures[] draws) {
        Figures figures = judged.figures();
        return new Now(
                Judged.estimate(figures.auc(), Arrays.stream(draws).mapToDouble(Figures::auc)),
                Judged.estimate(figures.logLoss(), Arrays.stream(draws).mapToDouble(Figures::logLoss)));
    }

    private static List<Rival> rivals(List<Entry> waiting, List<Judged> ways, Figures[][] draws) {
        List<Rival> rivals = new ArrayList<>();
        double champion = ways.getFirst().figures().logLoss();
        for (int i = 0; i < waiting.size(); i++) {
            Figures figures = ways.get(i + 1).figures();
            Figures[] theirs = draws[i + 1];
            rivals.add(new Rival(
                    waiting.get(i),
                    figures,
                    Judged.estimate(
                            figures.logLoss() - champion,
                            IntStream.range(0, DRAWS).mapToDouble(d -> theirs[d].logLoss() - draws[0][d].logLoss()))));
        }
        return rivals;
    }

    /** Learns anew what has drifted or is due; who is as good on fresh history takes the champion's place. */
    private int retrain(List<Monitored> all, Page page) throws IOException, PackException {
        boolean isAllWell = true;
        for (Monitored each : all) {
            String prediction = each.champion().prediction();
            if (each.alarms().isEmpty() && !each.isDue()) {
                page.line(prediction + ": nothing is due, and nothing is learned anew.");
                continue;
            }
            page.line(prediction + ": learned anew, because "
                    + (each.alarms().isEmpty() ? "it is time" : String.join("; ", each.alarms())) + ".");
            page.blank();
            isAllWell &= LearnCommand.again(console, request.log, request.mapping, request.pack, prediction)
                    && promoted(each.champion(), page);
        }
        return isAllWell ? Exit.OK.code() : Exit.PROBLEMS.code();
    }

    private boolean promoted(Entry champion, Page page) throws IOException, PackException {
        Optional<Entry> shadow = models.latest(champion.prediction(), Stage.SHADOW);
        if (shadow.isEmpty() || shadow.get().since().isBefore(champion.since())) {
            page.line("What was learned is the champion again.");
            return true;
        }
        Entry newest = shadow.get();
        Contest contest =
                ModelsCommand.contest(console, request.pack, request.log, request.mapping, models, newest, champion);
        contest.lines().forEach(page::line);
        if (!contest.isWon()) {
            page.line("Model " + newest.model() + " stays a shadow: " + contest.why() + ".");
            return false;
        }
        models.move(newest, Optional.of(champion), Stage.CHAMPION, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        page.line("Model " + newest.model() + " answers prediction " + champion.prediction() + " from now on; "
                + champion.model() + " is retired, and comes back by: forestall models roll-back --prediction "
                + champion.prediction() + " --because WHY --pack " + request.pack);
        return true;
    }
}
