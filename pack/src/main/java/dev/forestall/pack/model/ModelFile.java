package dev.forestall.pack.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Fitted.FittedInput;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import dev.forestall.loop.risk.Spread;
import dev.forestall.loop.risk.Spreads;
import dev.forestall.pack.model.SavedModel.External;
import dev.forestall.pack.model.SavedModel.Provenance;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of one model, JSON. Every number is written with as many digits as it needs to be the very same when it is read. The same
 * model has the same bytes.
 */
public final class ModelFile {

    /** The number of the format that is written; every older one stays readable. */
    public static final int FORMAT = 2;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int NAME_BYTES = 6;

    private ModelFile() {}

    /** Names a model by what it computes. */
    public static String name(List<FittedInput> inputs, Scorer scorer) {
        return digest(text(json -> {
            json.writeStartObject();
            inputs(json, inputs);
            scorer(json, scorer);
            json.writeEndObject();
        }));
    }

    private static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Names an external model by what it is made of. */
    public static String name(List<FittedInput> inputs, External external) {
        return digest(text(json -> {
            json.writeStartObject();
            inputs(json, inputs);
            external(json, external);
            json.writeEndObject();
        }));
    }

    private static String name(List<FittedInput> inputs, @Nullable Scorer scorer, @Nullable External external) {
        return external == null ? name(inputs, Objects.requireNonNull(scorer)) : name(inputs, external);
    }

    /** As the text of the file. */
    public static String write(SavedModel model) {
        Provenance provenance = model.provenance();
        return text(json -> {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("prediction", model.prediction());
            json.writeStringField("model", model.name());
            json.writeObjectFieldStart("provenance");
            json.writeStringField("data", provenance.dataHash());
            json.writeStringField("pack", provenance.packHash());
            json.writeStringField("version", provenance.version());
            json.writeNumberField("seed", provenance.seed());
            json.writeNumberField("moments", provenance.moments());
            json.writeNumberField("customers", provenance.subjects());
            json.writeStringField("from", provenance.from().toString());
            json.writeStringField("to", provenance.to().toString());
            json.writeObjectFieldStart("metrics");
            for (Map.Entry<String, Double> each : provenance.metrics().entrySet()) {
                // JSON has no number for what could not be measured.
                if (Double.isFinite(each.getValue())) {
                    json.writeNumberField(each.getKey(), each.getValue());
                }
            }
            json.writeEndObject();
            json.writeEndObject();
            inputs(json, model.fitted().inputs());
            if (model.spreads() != null) {
                spreads(json, model.spreads());
            }
            if (model.external() != null) {
                external(json, model.external());
            } else {
                scorer(json, model.fitted().ownScorer());
            }
            json.writeEndObject();
        });
    }

    private static void spreads(JsonGenerator json, Spreads spreads) throws IOException {
        json.writeObjectFieldStart("training");
        json.writeNumberField("window_ms", spreads.windowMillis());
        json.writeArrayFieldStart("inputs");
        for (Spread each : spreads.inputs()) {
            json.writeStartObject();
            json.writeArrayFieldStart("cuts");
            for (double cut : each.cuts()) {
                json.writeNumber(cut);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("counts");
            for (int count : each.counts()) {
                json.writeNumber(count);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static Spreads spreads(JsonTree.Members from) throws IOException {
        List<Spread> inputs = new ArrayList<>();
        for (JsonTree each : from.list("inputs")) {
            JsonTree.Members input = each.members("an input");
            inputs.add(new Spread(
                    Arrays.stream(input.numbers("cuts")).boxed().toList(),
                    Arrays.stream(input.wholes("counts")).boxed().toList()));
        }
        return new Spreads(from.large("window_ms"), inputs);
    }

    private static void external(JsonGenerator json, External external) throws IOException {
        json.writeObjectFieldStart("external");
        json.writeStringField("onnx", external.sha256());
        json.writeStringField("binding", external.binding());
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Content {
        void to(JsonGenerator json) throws IOException;
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n")));
            content.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.append('\n').toString();
    }

    private static void inputs(JsonGenerator json, List<FittedInput> inputs) throws IOException {
        json.writeArrayFieldStart("features");
        for (FittedInput each : inputs) {
            json.writeStartObject();
            json.writeStringField("key", each.key());
            if (Double.isFinite(each.usualLow()) && Double.isFinite(each.usualHigh())) {
                json.writeNumberField("usual_low", each.usualLow());
                json.writeNumberField("usual_high", each.usualHigh());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void scorer(JsonGenerator json, Scorer scorer) throws IOException {
        json.writeNumberField("slope", scorer.slope());
        json.writeNumberField("offset", scorer.offset());
        json.writeNumberField("forest_share", scorer.forestShare());
        json.writeNumberField("linear_share", scorer.linearShare());
        json.writeNumberField("base", scorer.forest().base());
        json.writeArrayFieldStart("trees");
        for (int t = 0; t < scorer.forest().trees(); t++) {
            Forest.Tree tree = scorer.forest().tree(t);
            json.writeStartObject();
            json.writeFieldName("feature");
            json.writeArray(tree.feature(), 0, tree.size());
            json.writeFieldName("left");
            json.writeArray(tree.left(), 0, tree.size());
            floats(json, "threshold", tree.threshold());
            floats(json, "value", tree.value());
            floats(json, "cover", tree.cover());
            json.writeArrayFieldStart("missing_left");
            for (boolean each : tree.defaultLeft()) {
                json.writeNumber(each ? 1 : 0);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        Linear linear = scorer.linear();
        json.writeObjectFieldStart("linear");
        json.writeNumberField("intercept", linear.intercept());
        json.writeFieldName("weights");
        json.writeArray(linear.weights(), 0, linear.weights().length);
        json.writeFieldName("means");
        json.writeArray(linear.means(), 0, linear.means().length);
        json.writeFieldName("scales");
        json.writeArray(linear.scales(), 0, linear.scales().length);
        json.writeEndObject();
    }

    private static void floats(JsonGenerator json, String name, float[] numbers) throws IOException {
        json.writeArrayFieldStart(name);
        for (float each : numbers) {
            json.writeNumber(each);
        }
        json.writeEndArray();
    }

    /**
     * Reads the text of the file.
     *
     * @throws IOException with what was found and expected, when it is not one that {@link #write} could have written
     */
    public static SavedModel read(String text) throws IOException {
        JsonTree.Members all = JsonTree.read(text).members("the file");
        int format = all.whole("format");
        if (format < 1 || format > FORMAT) {
            throw new IOException("its format is " + format + ", and this Forestall reads up to " + FORMAT
                    + ": use a newer one, or learn the model again");
        }
        try {
            List<FittedInput> inputs = new ArrayList<>();
            for (JsonTree each : all.list("features")) {
                JsonTree.Members feature = each.members("a feature");
                inputs.add(new FittedInput(
                        feature.text("key"),
                        feature.number("usual_low", Double.NaN),
                        feature.number("usual_high", Double.NaN)));
            }
            External external = all.names().contains("external") ? external(all.object("external")) : null;
            Scorer scorer = external == null ? scorer(all, inputs.size()) : null;
            String name = all.text("model");
            if (!name.equals(name(inputs, scorer, external))) {
                throw new IOException("its content is not that of model " + name + ": it was changed or damaged");
            }
            return new SavedModel(
                    new Fitted(all.text("prediction"), name, inputs, scorer),
                    external,
                    all.names().contains("training") ? spreads(all.object("training")) : null,
                    provenance(all.object("provenance")));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static Provenance provenance(JsonTree.Members from) throws IOException {
        SortedMap<String, Double> metrics = new TreeMap<>();
        JsonTree.Members read = from.object("metrics");
        for (String name : read.names()) {
            metrics.put(name, read.number(name, Double.NaN));
        }
        return new Provenance(
                from.text("data"),
                from.text("pack"),
                from.text("version"),
                from.large("seed"),
                from.whole("moments"),
                from.whole("customers"),
                Instant.parse(from.text("from")),
                Instant.parse(from.text("to")),
                metrics);
    }

    private static External external(JsonTree.Members from) throws IOException {
        return new External(from.text("onnx"), from.text("binding"));
    }

    private static Scorer scorer(JsonTree.Members all, int features) throws IOException {
        Scorer scorer = scorer(all);
        if (scorer.forest().lastFeature() >= features
                || scorer.linearShare() != 0 && scorer.linear().weights().length != features) {
            throw new IOException("its trees or weights look at more features than it lists");
        }
        return scorer;
    }

    private static Scorer scorer(JsonTree.Members all) throws IOException {
        List<Forest.Tree> trees = new ArrayList<>();
        for (JsonTree each : all.list("trees")) {
            JsonTree.Members tree = each.members("a tree");
            int[] missing = tree.wholes("missing_left");
            boolean[] defaultLeft = new boolean[missing.length];
            for (int i = 0; i < missing.length; i++) {
                defaultLeft[i] = missing[i] != 0;
            }
            trees.add(new Forest.Tree(
                    tree.wholes("feature"),
                    tree.floats("threshold"),
                    tree.wholes("left"),
                    defaultLeft,
                    tree.floats("value"),
                    tree.floats("cover")));
        }
        JsonTree.Members linear = all.object("linear");
        return new Scorer(
                new Forest(all.number("base"), trees),
                all.number("forest_share"),
                new Linear(
                        linear.number("intercept"),
                        linear.numbers("weights"),
                        linear.numbers("means"),
                        linear.numbers("scales")),
                all.number("linear_share"),
                all.number("slope"),
                all.number("offset"));
    }
}
