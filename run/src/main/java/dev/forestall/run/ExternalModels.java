package dev.forestall.run;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.ExternalAnswers;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.onnx.Binding;
import dev.forestall.onnx.BindingFile;
import dev.forestall.onnx.OnnxModel;
import dev.forestall.onnx.Signature;
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

/** The external models that something asks, opened from the folder of a pack's models. */
public final class ExternalModels implements AutoCloseable {

    private final Collection<Fitted> fitted;
    private final SortedMap<String, ExternalModel> opened = new TreeMap<>();

    private ExternalModels(Collection<Fitted> fitted) {
        this.fitted = fitted;
    }

    /** Those that a definition answers by. */
    public static ExternalModels of(Definition definition, Models models) throws IOException {
        return of(definition.risks().external(), models);
    }

    /**
     * Those among some models.
     *
     * @throws dev.forestall.onnx.OnnxException when one cannot be opened
     */
    public static ExternalModels of(Collection<Fitted> all, Models models) throws IOException {
        ExternalModels external =
                new ExternalModels(all.stream().filter(Fitted::isExternal).toList());
        try {
            for (Models.Entry entry : external.fitted.isEmpty() ? List.<Models.Entry>of() : models.list()) {
                boolean isAsked = external.fitted.stream()
                        .anyMatch(each -> each.model().equals(entry.model())
                                && each.prediction().equals(entry.prediction()));
                if (isAsked) {
                    external.open(models, models.read(entry));
                }
            }
            return external;
        } catch (IOException | RuntimeException failed) {
            external.close();
            throw failed;
        }
    }

    private void open(Models models, SavedModel saved) throws IOException {
        SavedModel.External external = saved.external();
        if (external == null || opened.containsKey(saved.name())) {
            return;
        }
        byte[] onnx = Files.readAllBytes(models.onnx(saved.name()));
        if (!sha256(onnx).equals(external.sha256())) {
            throw RunError.OTHER_MODEL.because(models.onnx(saved.name()).getFileName() + " is not the file that model "
                    + saved.name() + " was made of: it was changed or damaged. Add it again: forestall models add");
        }
        opened.put(saved.name(), OnnxModel.open(onnx, binding(external.binding(), onnx)));
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
    public SortedMap<String, ExternalModel> byName() {
        return opened;
    }

    /** Asks them for people who look. */
    public ExternalAnswers answers() {
        return new ExternalAnswers(fitted, opened);
    }

    /** How a model answers a row of what it looks at: itself when it was learned here, else when it is asked. */
    public ToDoubleFunction<float[]> probability(Fitted model) {
        if (!model.isExternal()) {
            return model.ownScorer()::probability;
        }
        ExternalModel asked = opened.get(model.model());
        if (asked == null) {
            throw new IllegalStateException("model " + model.model() + " is not open");
        }
        return row -> asked.probabilities(new float[][] {row})[0];
    }

    @Override
    public void close() {
        opened.values().forEach(ExternalModel::close);
        opened.clear();
    }
}
