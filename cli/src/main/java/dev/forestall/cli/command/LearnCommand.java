package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Progress;
import dev.forestall.learning.card.CardText;
import dev.forestall.learning.card.Evaluation;
import dev.forestall.learning.card.ModelCard;
import dev.forestall.learning.drift.Reference;
import dev.forestall.learning.gather.Survey;
import dev.forestall.learning.judge.Figures;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Trained;
import dev.forestall.learning.train.Trainer;
import dev.forestall.learning.train.Usual;
import dev.forestall.loop.event.InWords;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.pack.model.ModelFile;
import dev.forestall.pack.model.Models;
import dev.forestall.pack.model.Models.Stage;
import dev.forestall.pack.model.SavedModel;
import dev.forestall.run.Content;
import dev.forestall.run.Lessons;
import dev.forestall.run.Lessons.Lesson;
import dev.forestall.run.Version;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall learn LOG --pack PACK}: learns from history how to answer the predictions of a pack. */
@Command(
        name = "learn",
        description = {
            "Learn from a log to predict what the pack's predictions ask, and print a card of each model.",
            "History is replayed through the pack; a model that does not beat the simplest rules is refused.",
            "A model that does is kept beside the pack and answers from now on, or waits as a challenger."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every model asked for is good enough to be used, and is kept.",
            "1:At least one model was refused; its card says why.",
            "2:The command line, the log or the pack is wrong.",
            "74:A file could not be written."
        })
final class LearnCommand implements Callable<Integer> {

    /** The split that leaks, as published benchmarks do. */
    private static final String RUNNING = "customers:running";

    private final Console console;

    @Parameters(paramLabel = "LOG", description = "The file: CSV, JSON Lines or XES, each perhaps with gzip.")
    private Path log = Path.of("");

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            required = true,
            description = "The folder of the pack, or a single file.")
    private Path path = Path.of("");

    @Option(names = "--prediction", paramLabel = "NAME", description = "Only this one (default: all of the pack).")
    private @Nullable String only;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "By which file mapping of the pack to read (default: the one meant for such a file).")
    private @Nullable String mapping;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            defaultValue = "time",
            description = {
                "What is tested on: the latest moments (time), the customers who began last (customers),",
                "or each of K parts of the customers in turn (folds:K), for logs in which time says nothing.",
                "customers:running also trains on what others did after the test began: it leaks, and is only",
                "to compare with published figures; nothing is kept.",
                "Default: ${DEFAULT-VALUE}."
            })
    private String how = "time";

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "How much is tested on, 0.05 to 0.5 (default: ${DEFAULT-VALUE}).")
    private double testShare = 0.2;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of all draws: the same seed, log and pack give the same model (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--dry-run", description = "Print the cards, and keep nothing.")
    private boolean dryRun;

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    LearnCommand(Console console) {
        this.console = console;
    }

    /**
     * Learns one prediction anew, by the usual settings, and keeps it if it is good enough. Prints what it finds.
     *
     * @return whether it was kept
     */
    static boolean again(Console console, Path log, Optional<String> mapping, Path pack, String prediction)
            throws IOException, PackException {
        LearnCommand again = new LearnCommand(console);
        again.log = log;
        again.path = pack;
        again.mapping = mapping.orElse(null);
        again.only = prediction;
        return again.call() == Exit.OK.code();
    }

    /** What was learned about one prediction. */
    private record Learned(
            Lesson lesson,
            @Nullable ModelCard card,
            String refusal,
            Optional<SavedModel> model,
            String stage,
            List<Figures> folds) {

        boolean isUsable() {
            return card != null && card.verdict().usable();
        }
    }

    @Override
    public Integer call() throws IOException, PackException {
        checkOptions();
        ReplayCommand.requirePack(path);
        Pack pack = Packs.compileWithoutModels(path);
        List<Prediction> asked = asked(pack);
        List<Learned> all = new ArrayList<>();
        Lessons gone;
        try (Progress progress = console.progress()) {
            Lessons lessons = Lessons.from(
                    log,
                    Optional.ofNullable(mapping),
                    pack,
                    asked,
                    1 - testShare,
                    texts(),
                    Optional.empty(),
                    List.of(),
                    progress);
            if (lessons.run().events() == 0) {
                throw CliError.NOTHING_TO_LEARN.because(
                        Exit.USAGE,
                        "there is no event in " + log
                                + " to learn from; what is wrong with each record is listed by: forestall" + " replay "
                                + log + " --pack " + path);
            }
            gone = lessons;
            String dataHash = Content.sha256(log);
            for (Lesson lesson : lessons.all()) {
                all.add(learn(lesson, pack, dataHash, progress));
            }
        }
        if (json.isAsked()) {
            Json.print(console, to -> write(to, all, gone));
        } else {
            said(gone);
            all.forEach(this::print);
        }
        return all.stream().allMatch(Learned::isUsable) ? Exit.OK.code() : Exit.PROBLEMS.code();
    }

    /** With parts in turn every customer is trained on in all parts but one, so that no time or customer could be kept apart. */
    private Survey.From texts() {
        return how.startsWith("customers") ? Survey.From.FIRST_SUBJECTS : Survey.From.FIRST_MOMENTS;
    }

    private void checkOptions() {
        if (!(testShare >= 0.05 && testShare <= 0.5)) {
            throw CliError.WRONG_VALUE.because(Exit.USAGE, "--test-share " + testShare + " is not from 0.05 to 0.5");
        }
        if (!how.matches("time|customers|customers:running|folds:([2-9]|1[0-9]|20)")) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--split " + how + " is none of time, customers, customers:running, folds:K with K from 2 to 20");
        }
    }

    private List<Prediction> asked(Pack pack) {
        List<Prediction> all = pack.definition().risks().all();
        List<Prediction> asked = all.stream()
                .filter(each -> only == null || each.name().equals(only))
                .toList();
        if (asked.isEmpty()) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    all.isEmpty()
                            ? "the pack predicts nothing: declare under 'predictions' what to learn"
                            : "the pack has no prediction '" + only + "'; it has "
                                    + all.stream().map(Prediction::name).toList());
        }
        return asked;
    }

    private Learned learn(Lesson lesson, Pack pack, String dataHash, Progress progress) throws IOException {
        Examples examples = lesson.examples();
        Split split = split(examples, lesson.prediction());
        boolean isTimeMeaningful = !how.startsWith("folds:");
        Trainer trainer = new Trainer(examples, lesson.prediction().horizonMillis(), isTimeMeaningful, seed);
        Trained trained;
        try {
            if (split.test().length == 0) {
                throw new IllegalArgumentException("no moment is left to test on");
            }
            trained = trainer.train(split.training(), (what, share) -> progress.at(what, share, millis -> ""));
        } catch (IllegalArgumentException tooLittle) {
            return new Learned(lesson, null, String.valueOf(tooLittle.getMessage()), Optional.empty(), "", List.of());
        }
        List<Figures> folds = folds(lesson, trained, split, progress);
        List<String> asked = new ArrayList<>(described(lesson.prediction(), pack));
        if (how.equals(RUNNING)) {
            asked.add("beware: trained also on what customers did after the test began, so that the figures flatter");
        }
        if (!folds.isEmpty()) {
            asked.add(String.format(
                    java.util.Locale.ROOT,
                    "kept: a model fitted on the moments of all customers with the choices made for the first part;"
                            + " judged by %d parts in turn, mean AUC %.4f, log loss %.4f; all other figures are of the"
                            + " first part",
                    folds.size(),
                    mean(folds, Figures::auc),
                    mean(folds, Figures::logLoss)));
        }
        ModelCard card = new Evaluation(examples, split, trained, trainer, seed)
                .card(
                        lesson.prediction().name(),
                        asked,
                        lesson.unknown(),
                        (what, share) -> progress.at(what, share, millis -> ""));
        int[] fitted = folds.isEmpty() ? split.training() : examples.all();
        SavedModel model =
                model(lesson, pack, dataHash, fitted, folds.isEmpty() ? trained : trainer.anew(fitted, trained), card);
        String stage = "";
        if (card.verdict().usable() && isKeeping()) {
            Models models = Models.of(path);
            boolean isFirst = models.champion(model.prediction()).isEmpty();
            models.keep(
                    model,
                    CardText.of(card),
                    isFirst ? Stage.CHAMPION : Stage.SHADOW,
                    Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
            stage = models.list().stream()
                    .filter(each -> each.prediction().equals(model.prediction())
                            && each.model().equals(model.name()))
                    .map(each -> each.stage().name().toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElseThrow();
        }
        return new Learned(lesson, card, "", Optional.of(model), stage, folds);
    }

    /** With parts in turn: how well training does on each part, all choices made anew within the others. */
    private List<Figures> folds(Lesson lesson, Trained first, Split firstSplit, Progress progress) {
        if (!how.startsWith("folds:")) {
            return List.of();
        }
        int count = Integer.parseInt(how.substring("folds:".length()));
        Examples examples = lesson.examples();
        List<Figures> folds = new ArrayList<>(
                List.of(Evaluation.judged(examples, firstSplit, first).figures()));
        for (int fold = 1; fold < count; fold++) {
            Split split = Split.fold(examples, examples.all(), fold, count);
            double done = (double) fold / count;
            progress.at("Training for part " + (fold + 1) + " of " + count, done, millis -> "");
            Trained trained = new Trainer(examples, 0, false, seed).train(split.training(), (what, share) -> {});
            folds.add(Evaluation.judged(examples, split, trained).figures());
        }
        return folds;
    }

    private static double mean(List<Figures> folds, ToDoubleFunction<Figures> figure) {
        return folds.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** A model that knows what it could not have known is to be looked at, not used. */
    private boolean isKeeping() {
        return !dryRun && !how.equals(RUNNING);
    }

    private Split split(Examples examples, Prediction prediction) {
        int[] rows = examples.all();
        if (how.equals("time")) {
            return Split.byTime(examples, rows, testShare, prediction.horizonMillis());
        }
        if (how.equals(RUNNING)) {
            return Split.bySubjectStartWithRunning(examples, rows, testShare);
        }
        return how.equals("customers")
                ? Split.bySubjectStart(examples, rows, testShare, prediction.horizonMillis())
                : Split.fold(examples, rows, 0, Integer.parseInt(how.substring("folds:".length())));
    }

    static List<String> described(Prediction prediction, Pack pack) {
        List<String> asked = new ArrayList<>();
        asked.add("predicted: " + prediction.description()
                + (prediction.horizonMillis() > 0 ? ", within " + InWords.duration(prediction.horizonMillis()) : ""));
        List<String> moments = new ArrayList<>();
        if (prediction.scoreAt().eachEvent()) {
            moments.add("after each event");
        }
        if (prediction.scoreAt().everyMillis() > 0) {
            moments.add("every " + InWords.duration(prediction.scoreAt().everyMillis()));
        }
        prediction.scoreAt().steps().forEach(step -> moments.add("on entering " + step));
        prediction.scoreAt().signals().forEach(signal -> moments.add("when " + signal + " is raised"));
        asked.add("asked: " + String.join(", ", moments)
                + (prediction.scoreAt().first() > 0
                        ? ", the first " + prediction.scoreAt().first() + " times of each customer"
                        : ""));
        asked.add("pack: " + pack.definition().name() + " " + pack.definition().hash());
        return asked;
    }

    private SavedModel model(Lesson lesson, Pack pack, String dataHash, int[] fitted, Trained trained, ModelCard card) {
        Examples examples = lesson.examples();
        var inputs = Usual.of(examples, fitted, trained.columns());
        return new SavedModel(
                new Fitted(
                        lesson.prediction().name(), ModelFile.name(inputs, trained.scorer()), inputs, trained.scorer()),
                null,
                Reference.of(examples, fitted, trained.columns()),
                new SavedModel.Provenance(
                        dataHash,
                        pack.definition().hash(),
                        Version.TEXT,
                        seed,
                        fitted.length,
                        examples.subjects(fitted),
                        Instant.ofEpochMilli(Arrays.stream(fitted)
                                .mapToLong(examples::atMillis)
                                .min()
                                .orElse(0)),
                        Instant.ofEpochMilli(Arrays.stream(fitted)
                                .mapToLong(examples::atMillis)
                                .max()
                                .orElse(0)),
                        metrics(card)));
    }

    /** How good a model was on its test, by name. */
    static SortedMap<String, Double> metrics(ModelCard card) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        var ours = card.contenders().getFirst();
        metrics.put("auc", ours.auc().value());
        metrics.put("auc_low", ours.auc().low());
        metrics.put("auc_high", ours.auc().high());
        metrics.put("log_loss", ours.logLoss().value());
        metrics.put("brier", ours.brier().value());
        metrics.put("rate", card.test().rate());
        return metrics;
    }

    private void said(Lessons gone) {
        console.page()
                .line("Learned from " + Units.count(gone.run().events(), "event") + ", "
                        + Units.minute(gone.run().firstAtMillis()) + " to "
                        + Units.minute(gone.run().lastAtMillis())
                        + " UTC; " + Units.count(gone.run().rejected(), "record") + " could not be used."
                        + (gone.share() < 1
                                ? " The history is long: of " + Units.percent(gone.share())
                                        + " of the customers, drawn."
                                : ""))
                .blank();
    }

    private void print(Learned learned) {
        Page page = console.page();
        ModelCard card = learned.card();
        if (card == null) {
            page.line("# " + learned.lesson().prediction().name());
            page.blank();
            page.line("Nothing could be learned: " + learned.refusal() + ". There are "
                    + Units.count(learned.lesson().examples().size(), "moment") + " in all, and "
                    + Units.count(learned.lesson().unknown()) + " more whose time was not over when history ended.");
            return;
        }
        CardText.of(card).lines().forEach(page::line);
        if (!learned.folds().isEmpty()) {
            page.heading("Each part in turn, all choices made anew within the others");
            page.line(String.format(
                    java.util.Locale.ROOT,
                    "mean over %d parts: AUC %.4f, log loss %.4f, Brier %.4f; AUC of each: %s",
                    learned.folds().size(),
                    mean(learned.folds(), Figures::auc),
                    mean(learned.folds(), Figures::logLoss),
                    mean(learned.folds(), Figures::brier),
                    learned.folds().stream()
                            .map(each -> String.format(java.util.Locale.ROOT, "%.4f", each.auc()))
                            .toList()));
        }
        page.blank();
        learned.model().ifPresent(model -> {
            if (!card.verdict().usable()) {
                page.line("It was not kept.");
            } else if (how.equals(RUNNING)) {
                page.line("It was not kept: with --split " + RUNNING + " it knows what it could not have known.");
            } else if (dryRun) {
                page.line("It was not kept, as was asked (--dry-run). It would be model " + model.name() + ".");
            } else {
                page.line("Kept as model " + model.name() + ", " + learned.stage() + " of prediction "
                        + model.prediction() + ", in " + Models.of(path).folder() + "."
                        + (learned.stage().equals("shadow")
                                ? " It answers nobody yet, and comes nearer to it by: forestall models promote "
                                        + model.name() + " --pack " + path
                                : ""));
            }
        });
    }

    private static void write(JsonGenerator to, List<Learned> all, Lessons gone) throws IOException {
        to.writeStartObject();
        to.writeNumberField("events", gone.run().events());
        to.writeNumberField("rejected", gone.run().rejected());
        to.writeNumberField("share_of_customers", gone.share());
        to.writeArrayFieldStart("predictions");
        for (Learned each : all) {
            to.writeStartObject();
            to.writeStringField("prediction", each.lesson().prediction().name());
            to.writeBooleanField("usable", each.isUsable());
            ModelCard card = each.card();
            if (card == null) {
                to.writeStringField("refused", each.refusal());
            } else {
                CardJson.write(to, card);
            }
            if (each.isUsable() && each.model().isPresent()) {
                to.writeStringField("model", each.model().get().name());
                to.writeStringField("stage", each.stage());
            }
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }
}
