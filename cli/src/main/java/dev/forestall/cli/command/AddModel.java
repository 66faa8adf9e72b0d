package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Progress;
import dev.forestall.learning.card.CardText;
import dev.forestall.learning.card.Evaluation;
import dev.forestall.learning.card.Judgeable;
import dev.forestall.learning.card.ModelCard;
import dev.forestall.learning.drift.Reference;
import dev.forestall.learning.gather.Survey;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Usual;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.reason.DrawnShares;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.onnx.Binding;
import dev.forestall.onnx.BindingFile;
import dev.forestall.onnx.OnnxModel;
import dev.forestall.onnx.Signature;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.pack.model.ModelFile;
import dev.forestall.pack.model.Models;
import dev.forestall.pack.model.Models.Stage;
import dev.forestall.pack.model.SavedModel;
import dev.forestall.run.Content;
import dev.forestall.run.ExternalModels;
import dev.forestall.run.Lessons;
import dev.forestall.run.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a model that was made elsewhere into a pack: it has to fit, and to be good enough on history that it has not seen. The card is
 * that of any other model.
 */
final class AddModel {

    private static final long SEED = 1;

    private final Console console;
    private final Request request;

    /**
     * What is asked.
     *
     * @param onnx the model's own file
     * @param pack the folder of the pack, or a single file
     * @param log history to judge it on
     * @param mapping by which to read the log
     * @param prediction which it answers; null when the pack has only one
     * @param binding which features its inputs are given; empty when each has the name of its own
     * @param trainedUntilMillis the end of the history that it was made from: only later moments judge it
     */
    record Request(
            Path onnx,
            Path pack,
            Path log,
            Optional<String> mapping,
            Optional<String> prediction,
            Optional<Path> binding,
            long trainedUntilMillis) {}

    /** A model and what it is bound to. */
    private record Bound(OnnxModel model, byte[] onnx, String binding) {}

    AddModel(Console console, Request request) {
        this.console = console;
        this.request = request;
    }

    int run() throws IOException, PackException {
        Pack pack = Packs.compileWithoutModels(request.pack);
        Prediction prediction = prediction(pack);
        Bound bound = bound(pack.definition().features());
        try (OnnxModel model = bound.model;
                Progress progress = console.progress()) {
            Lessons lessons = Lessons.from(
                    request.log,
                    request.mapping,
                    pack,
                    List.of(prediction),
                    1,
                    Survey.From.FIRST_MOMENTS,
                    Optional.empty(),
                    model.features(),
                    progress);
            Examples examples = lessons.all().getFirst().examples();
            Split split = split(examples, prediction);
            int[] columns = examples.columns(model.features());
            List<FittedInput> inputs = Usual.of(examples, split.training(), columns);
            SavedModel.External external = new SavedModel.External(ExternalModels.sha256(bound.onnx), bound.binding);
            Fitted fitted = new Fitted(prediction.name(), ModelFile.name(inputs, external), inputs, null);
            ModelCard card = new Evaluation(examples, split, new Asked(model, columns, fitted), SEED)
                    .card(
                            prediction.name(),
                            LearnCommand.described(prediction, pack),
                            lessons.all().getFirst().unknown(),
                            (what, share) -> progress.at(what, share, millis -> ""));
            progress.close();
            return keep(
                    card,
                    new SavedModel(
                            fitted,
                            external,
                            Reference.of(examples, split.training(), columns),
                            provenance(card, pack)),
                    bound.onnx);
        }
    }

    private Prediction prediction(Pack pack) {
        List<Prediction> all = pack.definition().risks().all();
        return all.stream()
                .filter(each -> request.prediction.map(each.name()::equals).orElse(all.size() == 1))
                .findFirst()
                .orElseThrow(() -> CliError.WRONG_VALUE.because(
                        Exit.USAGE,
                        "say with --prediction which of the pack's predictions the model answers: "
                                + all.stream().map(Prediction::name).toList()));
    }

    private Bound bound(Features features) throws IOException {
        Signature signature = Signature.read(request.onnx);
        byte[] onnx = Files.readAllBytes(request.onnx);
        Binding binding =
                request.binding.isPresent() ? BindingFile.read(request.binding.get()) : Binding.byName(signature);
        List<String> known =
                features.all(Levels.NONE).stream().map(Feature::key).toList();
        signature.require(binding, key -> features.find(key).isPresent(), known);
        String text = request.binding.isPresent() ? Files.readString(request.binding.get()) : "";
        return new Bound(OnnxModel.open(onnx, binding), onnx, text);
    }

    /** What it was made from may hold moments up to its end; what is judged on begins behind it. */
    private Split split(Examples examples, Prediction prediction) {
        Split split = Split.at(examples, request.trainedUntilMillis, prediction.horizonMillis());
        if (split.training().length == 0 || split.test().length == 0) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--trained-until leaves " + split.training().length + " moments before and " + split.test().length
                            + " behind: the log has to hold some that the model was not made from, and some from before"
                            + " to tell what is usual");
        }
        return split;
    }

    private SavedModel.Provenance provenance(ModelCard card, Pack pack) throws IOException {
        return new SavedModel.Provenance(
                Content.sha256(request.log),
                pack.definition().hash(),
                Version.TEXT,
                SEED,
                card.training().moments(),
                card.training().subjects(),
                Instant.ofEpochMilli(card.training().fromMillis()),
                Instant.ofEpochMilli(request.trainedUntilMillis),
                LearnCommand.metrics(card));
    }

    private int keep(ModelCard card, SavedModel model, byte[] onnx) throws IOException {
        Page page = console.page();
        CardText.of(card).lines().forEach(page::line);
        page.blank();
        if (!card.verdict().usable()) {
            page.line("It was not kept.");
            return Exit.PROBLEMS.code();
        }
        Models models = Models.of(request.pack);
        Stage stage = models.champion(model.prediction()).isEmpty() ? Stage.CHAMPION : Stage.SHADOW;
        models.keep(model, onnx, CardText.of(card), stage, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        page.line("Kept as model " + model.name() + ", " + stage.name().toLowerCase(Locale.ROOT) + " of prediction "
                + model.prediction() + ", in " + models.folder() + ".");
        return Exit.OK.code();
    }

    /** A model that can only be asked, as far as it is judged. */
    private record Asked(OnnxModel model, int[] columns, Fitted fitted) implements Judgeable {

        @Override
        public double probability(float[] row) {
            return model.probabilities(new float[][] {row})[0];
        }

        @Override
        public void explain(float[] row, double[] into) {
            double[] moved =
                    DrawnShares.of(row, fitted.usual(), model::logOdds, SEED).moved();
            System.arraycopy(moved, 0, into, 0, into.length);
        }
    }
}
