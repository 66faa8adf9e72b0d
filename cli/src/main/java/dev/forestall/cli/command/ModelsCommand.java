package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Table;
import dev.forestall.learning.card.Contest;
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
import dev.forestall.run.Lessons.Lesson;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall models}: which models a pack has, and which of them answers. */
@Command(
        name = "models",
        description = {
            "Show and monitor the models of a pack, let one take the champion's place, retire one, or add one made elsewhere.",
            "list: all of them. show ID: its card. promote ID --on LOG: from shadow to challenger, from challenger to",
            "champion, if on fresh history it is no worse than the champion. monitor --on LOG: do the champions still do",
            "what they did. roll-back --because WHY: the champion before comes back. retire ID: it answers no longer. add FILE.onnx --on LOG --trained-until T:",
            "a model made elsewhere, judged on what came after T, and kept if it is good enough."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It worked.",
            "1:The model did not move: on fresh history it is worse, or there is too little of it; or a model has drifted.",
            "2:The command line, the log or the pack is wrong.",
            "4:There is no such model."
        })
final class ModelsCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "list, show, promote, monitor, roll-back, retire or add.")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "The model, or the beginning of its name; with add, its file.")
    private @Nullable String id;

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            required = true,
            description = "The folder of the pack, or a single file.")
    private Path path = Path.of("");

    @Option(
            names = "--on",
            paramLabel = "LOG",
            description =
                    "With promote, monitor and add: history on which models are judged; only moments that they have not seen count.")
    private @Nullable Path log;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "By which file mapping of the pack to read the log.")
    private @Nullable String mapping;

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            description = "With add, monitor and roll-back: which prediction it is about.")
    private @Nullable String prediction;

    @Option(
            names = "--because",
            paramLabel = "WHY",
            description = "With roll-back: why; it stands in the list from then on.")
    private @Nullable String because;

    @Option(
            names = "--retrain",
            description =
                    "With monitor: learn anew what has drifted or is due, and let it take its place if it is as good.")
    private boolean retrain;

    @Option(
            names = "--binding",
            paramLabel = "FILE",
            description = "With add: which features its inputs are given (default: those of the same names).")
    private @Nullable Path binding;

    @Option(
            names = "--trained-until",
            paramLabel = "T",
            description = "With add: the end of the history that it was made from, such as 2012-01-31.")
    private @Nullable String trainedUntil;

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    ModelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        ReplayCommand.requirePack(path);
        Models models = Models.of(path);
        goesWith("--on", log != null, "promote", "monitor", "add");
        goesWith("--prediction", prediction != null, "monitor", "roll-back", "add");
        goesWith("--binding", binding != null, "add");
        goesWith("--trained-until", trainedUntil != null, "add");
        goesWith("--because", because != null, "roll-back");
        goesWith("--retrain", retrain, "monitor");
        if (retrain && json.isAsked()) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--retrain prints cards for people; monitor with --json first, and retrain without it");
        }
        return switch (what) {
            case "list" -> list(models);
            case "show" -> show(models, named(models));
            case "promote" -> promote(models, named(models));
            case "retire" -> retire(models, named(models));
            case "add" -> add();
            case "monitor" -> monitor(models);
            case "roll-back" -> rollBack(models);
            default ->
                throw CliError.WRONG_VALUE.because(
                        Exit.USAGE,
                        "'" + what + "' is none of list, show, promote, monitor, roll-back, retire and add");
        };
    }

    private void goesWith(String option, boolean isGiven, String... whats) {
        if (isGiven && !List.of(whats).contains(what)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, option + " goes with " + String.join(" and ", whats) + ", not with " + what);
        }
    }

    private int monitor(Models models) throws IOException, PackException {
        if (log == null) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--on LOG is missing: history that goes on behind what the models were learned from");
        }
        return new MonitorModels(
                        console,
                        new MonitorModels.Request(
                                path,
                                log,
                                Optional.ofNullable(mapping),
                                Optional.ofNullable(prediction),
                                retrain,
                                json.isAsked()),
                        models)
                .run();
    }

    private int rollBack(Models models) throws IOException {
        if (prediction == null || because == null || because.isBlank()) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "roll-back needs --prediction NAME and --because WHY: there is no contest to show why");
        }
        Entry back = models.rollBack(prediction, now(), because)
                .orElseThrow(() -> CliError.NO_SUCH_ID.because(
                        Exit.NOT_FOUND,
                        "prediction '" + prediction + "' has had no champion before the present one. All models:"
                                + " forestall models list --pack " + path));
        console.page()
                .line("Model " + back.model() + " answers prediction " + prediction + " again, because: " + because);
        return Exit.OK.code();
    }

    private int add() throws IOException, PackException {
        if (id == null || log == null || trainedUntil == null) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "add needs the model's file, --on LOG with history that it has not seen, and --trained-until T, the"
                            + " end of what it was made from: on that, any model looks good");
        }
        return new AddModel(
                        console,
                        new AddModel.Request(
                                Path.of(id),
                                path,
                                log,
                                Optional.ofNullable(mapping),
                                Optional.ofNullable(prediction),
                                Optional.ofNullable(binding),
                                Moments.millis("--trained-until", trainedUntil)))
                .run();
    }

    private Entry named(Models models) throws IOException {
        String asked = id == null ? "" : id;
        List<Entry> found = models.list().stream()
                .filter(each -> !asked.isEmpty() && each.model().startsWith(asked))
                .toList();
        if (found.size() != 1) {
            throw CliError.NO_SUCH_ID.because(
                    Exit.NOT_FOUND,
                    (found.isEmpty() ? "there is no model '" : "several models begin with '") + asked
                            + "'. All of them: forestall models list --pack " + path);
        }
        return found.getFirst();
    }

    private int list(Models models) throws IOException {
        List<Entry> all = models.list();
        if (json.isAsked()) {
            Json.print(console, to -> write(to, models, all));
            return Exit.OK.code();
        }
        if (all.isEmpty()) {
            console.page().line("The pack has no model yet. Learn one: forestall learn LOG --pack " + path);
            return Exit.OK.code();
        }
        Table table = new Table(0)
                .words("prediction")
                .words("model")
                .words("stage")
                .words("since")
                .figures("AUC")
                .figures("log loss")
                .figures("moments")
                .words("learned from");
        for (Entry each : all) {
            SavedModel model = models.read(each);
            SavedModel.Provenance from = model.provenance();
            table.row(
                    each.prediction(),
                    each.model(),
                    stage(each),
                    each.since().toString(),
                    figure(from, "auc"),
                    figure(from, "log_loss"),
                    Units.count(from.moments()),
                    from.from().toString().substring(0, 10) + " to "
                            + from.to().toString().substring(0, 10));
        }
        console.page().table(table);
        return Exit.OK.code();
    }

    private static String stage(Entry entry) {
        return entry.stage().name().toLowerCase(Locale.ROOT);
    }

    private static String figure(SavedModel.Provenance from, String name) {
        Double figure = from.metrics().get(name);
        return figure == null ? Units.NONE : String.format(Locale.ROOT, "%.4f", figure);
    }

    private static void write(JsonGenerator to, Models models, List<Entry> all) throws IOException {
        to.writeStartObject();
        to.writeArrayFieldStart("models");
        for (Entry each : all) {
            SavedModel.Provenance from = models.read(each).provenance();
            to.writeStartObject();
            to.writeStringField("prediction", each.prediction());
            to.writeStringField("model", each.model());
            to.writeStringField("stage", stage(each));
            to.writeStringField("since", each.since().toString());
            if (!each.because().isEmpty()) {
                to.writeStringField("because", each.because());
            }
            to.writeNumberField("moments", from.moments());
            to.writeStringField("from", from.from().toString());
            to.writeStringField("to", from.to().toString());
            to.writeObjectFieldStart("metrics");
            for (var metric : from.metrics().entrySet()) {
                to.writeNumberField(metric.getKey(), metric.getValue());
            }
            to.writeEndObject();
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private int show(Models models, Entry entry) throws IOException {
        if (json.isAsked()) {
            Json.print(console, to -> write(to, models, List.of(entry)));
            return Exit.OK.code();
        }
        Page page = console.page();
        Files.readString(models.card(entry.model())).lines().forEach(page::line);
        page.blank().line("Model " + entry.model() + " is " + stage(entry) + " since " + entry.since() + ".");
        return Exit.OK.code();
    }

    private int retire(Models models, Entry entry) throws IOException {
        models.move(entry, Stage.RETIRED, now());
        console.page()
                .line("Model " + entry.model() + " is retired."
                        + (entry.stage() == Stage.CHAMPION
                                ? " Nothing answers prediction " + entry.prediction() + " now."
                                : ""));
        return Exit.OK.code();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private int promote(Models models, Entry entry) throws IOException, PackException {
        Optional<Entry> champion = models.champion(entry.prediction());
        if (champion.isPresent() && champion.get().equals(entry)) {
            console.page().line("Model " + entry.model() + " is the champion already.");
            return Exit.OK.code();
        }
        if (champion.isPresent()) {
            Contest contest = contest(models, entry, champion.get());
            contest.lines().forEach(console.page()::line);
            if (!contest.isWon()) {
                throw CliError.NOT_PROMOTED.because(
                        Exit.PROBLEMS, "model " + entry.model() + " stays a " + stage(entry) + ": " + contest.why());
            }
            if (entry.stage() == Stage.SHADOW) {
                models.move(entry, champion, Stage.CHALLENGER, now());
                console.page()
                        .line("Model " + entry.model()
                                + " is a challenger from now on: it answers the share of the customers"
                                + " that the pack gives it ('challenger'), and takes the champion's place when it is"
                                + " promoted once more.");
                return Exit.OK.code();
            }
        }
        models.move(entry, champion, Stage.CHAMPION, now());
        console.page()
                .line("Model " + entry.model() + " answers prediction " + entry.prediction() + " from now on"
                        + champion.map(before ->
                                        "; " + before.model() + " is retired, and comes back by: forestall models"
                                                + " promote " + before.model() + " --on LOG --pack " + path)
                                .orElse("")
                        + ".");
        return Exit.OK.code();
    }

    /** The two on moments that neither has learned from. */
    private Contest contest(Models models, Entry challenger, Entry champion) throws IOException, PackException {
        if (log == null) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--on LOG is missing: fresh history in which both are judged");
        }
        return contest(console, path, log, Optional.ofNullable(mapping), models, challenger, champion);
    }

    /** The two on moments that neither has learned from. */
    static Contest contest(
            Console console,
            Path path,
            Path log,
            Optional<String> mapping,
            Models models,
            Entry challenger,
            Entry champion)
            throws IOException, PackException {
        Pack pack = Packs.compileWithoutModels(path);
        Prediction prediction = pack.definition().risks().all().stream()
                .filter(each -> each.name().equals(challenger.prediction()))
                .findFirst()
                .orElseThrow(() -> CliError.WRONG_VALUE.because(
                        Exit.USAGE, "the pack has no prediction '" + challenger.prediction() + "' any more"));
        SavedModel one = models.read(challenger);
        SavedModel other = models.read(champion);
        try (Progress progress = console.progress();
                ExternalModels external = ExternalModels.of(List.of(one.fitted(), other.fitted()), models)) {
            Lesson lesson = Lessons.of(log, mapping, pack, prediction, List.of(one.fitted(), other.fitted()), progress)
                    .lesson();
            Instant learned = one.provenance().to().isAfter(other.provenance().to())
                    ? one.provenance().to()
                    : other.provenance().to();
            long after = learned.toEpochMilli() + prediction.horizonMillis();
            return Contest.of(lesson.examples(), one.fitted(), other.fitted(), after, external::probability);
        }
    }
}
