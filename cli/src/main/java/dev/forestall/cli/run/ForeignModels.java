package dev.forestall.cli.run;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import dev.forestall.foreign.Binding;
import dev.forestall.foreign.BindingFile;
import dev.forestall.foreign.OnnxModel;
import dev.forestall.foreign.Signature;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.ForeignAnswers;
import dev.forestall.loop.host.ForeignModel;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.pack.model.Models;
import dev.forestall.pack.model.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The foreign models that something asks, opened from the folder of a pack's models. */
public final class ForeignModels implements AutoCloseable {

    private final Collection<Fitted> fitted;
    private final SortedMap<String, ForeignModel> opened = new TreeMap<>();

    private ForeignModels(Collection<Fitted> fitted) {
        this.fitted = fitted;
    }

    /** Those that a definition answers by. */
    public static ForeignModels of(Definition definition, Models models) throws IOException {
        return of(definition.risks().foreign(), models);
    }

    /**
     * Those among some models.
     *
     * @throws dev.forestall.foreign.ForeignException when one cannot be opened
     */
    public static ForeignModels of(Collection<Fitted> all, Models models) throws IOException {
        ForeignModels foreign =
                new ForeignModels(all.stream().filter(Fitted::isForeign).toList());
        try {
            for (Models.Entry entry : foreign.fitted.isEmpty() ? List.<Models.Entry>of() : models.list()) {
                boolean isAsked = foreign.fitted.stream()
                        .anyMatch(each -> each.model().equals(entry.model())
                                && each.prediction().equals(entry.prediction()));
                if (isAsked) {
                    foreign.open(models, models.read(entry));
                }
            }
            return foreign;
        } catch (IOException | RuntimeException failed) {
            foreign.close();
            throw failed;
        }
    }

    private void open(Models models, SavedModel saved) throws IOException {
        SavedModel.Foreign foreign = saved.foreign();
        if (foreign == null || opened.containsKey(saved.name())) {
            return;
        }
        byte[] onnx = Files.readAllBytes(models.onnx(saved.name()));
        if (!sha256(onnx).equals(foreign.sha256())) {
            throw CliError.OTHER_MODEL.because(
                    Exit.USAGE,
                    models.onnx(saved.name()).getFileName() + " is not the file that model " + saved.name()
                            + " was made of: it was changed or damaged. Add it again: forestall models add");
        }
        opened.put(saved.name(), OnnxModel.open(onnx, binding(foreign.binding(), onnx)));
    }

    /** The binding that was written, or by the names of the inputs when none was. */
    public static Binding binding(String text, byte[] onnx) {
        return text.isEmpty() ? Binding.byName(Signature.of(onnx)) : BindingFile.parse("binding", text);
    }

    /** Names the content of a file: lower-case hexadecimal digits. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** By the names of the models. */
    public SortedMap<String, ForeignModel> byName() {
        return opened;
    }

    /** Asks them for people who look. */
    public ForeignAnswers answers() {
        return new ForeignAnswers(fitted, opened);
    }

    /** How a model answers a row of what it looks at: itself when it was learned here, else when it is asked. */
    public ToDoubleFunction<float[]> probability(Fitted model) {
        if (!model.isForeign()) {
            return model.ownScorer()::probability;
        }
        ForeignModel asked = opened.get(model.model());
        if (asked == null) {
            throw new IllegalStateException("model " + model.model() + " is not open");
        }
        return row -> asked.probabilities(new float[][] {row})[0];
    }

    @Override
    public void close() {
        opened.values().forEach(ForeignModel::close);
        opened.clear();
    }
}
