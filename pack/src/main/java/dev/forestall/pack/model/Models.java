package dev.forestall.pack.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models of a pack: a folder with one file each, and a list of which stands where. One champion at most answers each prediction.
 *
 * <p>Files are written and synced beside their place and moved there, so that who reads never sees half of one, not even after a crash.
 */
public final class Models {

    private static final String LIST = "models.json";
    private static final String LOCK = ".lock";
    private static final int FORMAT = 1;
    /** Names become names of files: nothing else may stand in the list. */
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{12}");

    private final Path folder;

    /** Where a model stands; what comes further stands first. */
    public enum Stage {
        /** It answers. */
        CHAMPION,
        /** It has shown on fresh data that it is no worse than the champion, and may answer a share of the customers. */
        CHALLENGER,
        /** It is new: it answers nobody, and is judged on fresh data beside the champion. */
        SHADOW,
        /** It has answered or waited, and does no longer. */
        RETIRED
    }

    /**
     * One line of the list.
     *
     * @param since when it came to its stage
     * @param ledUntil when it last stopped being the champion; null when it never was
     * @param because why somebody moved it without a contest; empty when nobody did
     */
    public record Entry(
            String prediction,
            String model,
            Stage stage,
            Instant since,
            @Nullable Instant ledUntil,
            String because) {

        /** One that has never been champion. */
        public Entry(String prediction, String model, Stage stage, Instant since) {
            this(prediction, model, stage, since, null, "");
        }

        private Entry at(Stage next, Instant now, String why) {
            Instant led = stage == Stage.CHAMPION && next != Stage.CHAMPION ? now : ledUntil;
            return new Entry(prediction, model, next, now, led, why);
        }
    }

    private Models(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a pack.
     *
     * @param pack its folder, or its single file
     */
    public static Models of(Path pack) {
        if (Files.isDirectory(pack)) {
            return new Models(pack.resolve("models"));
        }
        String name = String.valueOf(pack.getFileName());
        int dot = name.lastIndexOf('.');
        return new Models(pack.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".models"));
    }

    public Path folder() {
        return folder;
    }

    /** All models, in the order in which they came. */
    public List<Entry> list() throws IOException {
        Path list = folder.resolve(LIST);
        List<Entry> entries = new ArrayList<>();
        if (!Files.isRegularFile(list)) {
            return entries;
        }
        JsonTree.Members all = JsonTree.read(Files.readString(list)).members("the list");
        if (all.whole("format") != FORMAT) {
            throw new IOException(
                    list.getFileName() + " has format " + all.whole("format") + ", and this Forestall reads " + FORMAT);
        }
        for (JsonTree each : all.list("models")) {
            JsonTree.Members entry = each.members("a model");
            try {
                String model = entry.text("model");
                if (!NAME.matcher(model).matches()) {
                    throw new IOException(
                            list.getFileName() + " names a model '" + model + "', which no model is called");
                }
                entries.add(new Entry(
                        entry.text("prediction"),
                        model,
                        Stage.valueOf(entry.text("stage").toUpperCase(Locale.ROOT)),
                        Instant.parse(entry.text("since")),
                        entry.names().contains("led_until") ? Instant.parse(entry.text("led_until")) : null,
                        entry.names().contains("because") ? entry.text("because") : ""));
            } catch (IllegalArgumentException | DateTimeParseException wrong) {
                throw new IOException(list.getFileName() + ": " + wrong.getMessage(), wrong);
            }
        }
        return entries;
    }

    /** The model that answers a prediction. */
    public Optional<Entry> champion(String prediction) throws IOException {
        return latest(prediction, Stage.CHAMPION);
    }

    /** Of the models of a prediction that stand at a stage, the one that came there last. */
    public Optional<Entry> latest(String prediction, Stage stage) throws IOException {
        return list().stream()
                .filter(each -> each.stage == stage && each.prediction.equals(prediction))
                .max(Comparator.comparing(Entry::since));
    }

    public SavedModel read(Entry entry) throws IOException {
        SavedModel model = ModelFile.read(Files.readString(file(entry.model)));
        if (!model.prediction().equals(entry.prediction) || !model.name().equals(entry.model)) {
            throw new IOException(file(entry.model).getFileName() + " holds model " + model.name() + " of "
                    + model.prediction() + ", not " + entry.model + " of " + entry.prediction);
        }
        return model;
    }

    public Path file(String model) {
        return folder.resolve(model + ".json");
    }

    /** Where an external model's own file is. */
    public Path onnx(String model) {
        return folder.resolve(model + ".onnx");
    }

    /** Where the card of a model is. */
    public Path card(String model) {
        return folder.resolve(model + ".card.md");
    }

    /**
     * Keeps a model. A champion that was there before is retired when the new one becomes it. A model that was kept before stays where it
     * stands, unless it comes further: learning the same again takes nobody's place away.
     */
    public void keep(SavedModel model, String card, Stage stage, Instant now) throws IOException {
        change(() -> {
            write(file(model.name()), ModelFile.write(model));
            write(card(model.name()), card);
            List<Entry> entries = new ArrayList<>(list());
            Optional<Entry> before = entries.stream()
                    .filter(each -> each.model.equals(model.name()) && each.prediction.equals(model.prediction()))
                    .findFirst();
            if (before.isPresent()) {
                if (stage.compareTo(before.get().stage) < 0) {
                    entries.replaceAll(each -> each.equals(before.get()) ? each.at(stage, now, "") : each);
                }
            } else {
                entries.add(new Entry(model.prediction(), model.name(), stage, now));
            }
            write(entries, model.prediction(), model.name(), stage, now);
        });
    }

    /** As {@link #keep(SavedModel, String, Stage, Instant)}, an external model with the bytes of its own file. */
    public void keep(SavedModel model, byte[] onnx, String card, Stage stage, Instant now) throws IOException {
        change(() -> write(onnx(model.name()), onnx));
        keep(model, card, stage, now);
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** One change at a time, whoever makes it: another command waits, so that no entry is lost. */
    private void change(Writing writing) throws IOException {
        Files.createDirectories(folder);
        synchronized (Models.class) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                writing.run();
            }
        }
    }

    /** Copies those that answer, be it a share of the customers, to where another pack has its models. */
    public void copyAnswering(Models to) throws IOException {
        for (Entry each : list()) {
            if (each.stage == Stage.CHAMPION || each.stage == Stage.CHALLENGER) {
                Files.createDirectories(to.folder);
                Files.copy(file(each.model), to.file(each.model), StandardCopyOption.REPLACE_EXISTING);
                if (Files.exists(onnx(each.model))) {
                    Files.copy(onnx(each.model), to.onnx(each.model), StandardCopyOption.REPLACE_EXISTING);
                }
                to.change(() -> {
                    List<Entry> entries = new ArrayList<>(to.list());
                    entries.add(each);
                    to.write(entries, each.prediction, each.model, each.stage, each.since);
                });
            }
        }
    }

    /**
     * Moves a model to another stage.
     *
     * @throws IOException when it, or the champion of its prediction, is not what it was when the caller looked: then nothing has changed
     */
    public void move(Entry entry, Optional<Entry> champion, Stage stage, Instant now) throws IOException {
        change(() -> {
            boolean isAsSeen =
                    list().contains(entry) && champion(entry.prediction).equals(champion);
            if (!isAsSeen) {
                throw new IOException(
                        "the models of " + entry.prediction
                                + " were changed by somebody else meanwhile. Look at them, and ask again: forestall models list");
            }
            put(entry, stage, now, "");
        });
    }

    /** Moves a model to another stage, whoever is champion. */
    public void move(Entry entry, Stage stage, Instant now) throws IOException {
        change(() -> put(entry, stage, now, ""));
    }

    /**
     * Brings back the champion before the present one, or before the latest where there is none now, without a contest.
     *
     * @param because why, for those who read the list later
     * @return who answers now; nothing when there was no champion before
     */
    public Optional<Entry> rollBack(String prediction, Instant now, String because) throws IOException {
        List<Entry> back = new ArrayList<>();
        change(() -> {
            List<Entry> led = list().stream()
                    .filter(each -> each.prediction.equals(prediction) && each.stage != Stage.CHAMPION)
                    .filter(each -> each.ledUntil != null)
                    .sorted(Comparator.comparing((Entry each) -> Objects.requireNonNull(each.ledUntil))
                            .reversed())
                    .skip(champion(prediction).isPresent() ? 0 : 1)
                    .toList();
            if (!led.isEmpty()) {
                back.add(led.getFirst());
                put(led.getFirst(), Stage.CHAMPION, now, because);
            }
        });
        return back.stream().findFirst();
    }

    private void put(Entry entry, Stage stage, Instant now, String because) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry each : list()) {
            boolean isIt = each.model.equals(entry.model) && each.prediction.equals(entry.prediction);
            entries.add(isIt ? each.at(stage, now, because) : each);
        }
        write(entries, entry.prediction, entry.model, stage, now);
    }

    private void write(List<Entry> entries, String prediction, String model, Stage stage, Instant now)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeArrayFieldStart("models");
            for (Entry each : entries) {
                boolean gives = stage == Stage.CHAMPION
                        && each.stage == Stage.CHAMPION
                        && each.prediction.equals(prediction)
                        && !each.model.equals(model);
                write(json, gives ? each.at(Stage.RETIRED, now, "") : each);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        write(folder.resolve(LIST), text.append('\n').toString());
    }

    private static void write(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("prediction", entry.prediction);
        json.writeStringField("model", entry.model);
        json.writeStringField("stage", entry.stage.name().toLowerCase(Locale.ROOT));
        json.writeStringField("since", entry.since.toString());
        if (entry.ledUntil != null) {
            json.writeStringField("led_until", entry.ledUntil.toString());
        }
        if (!entry.because.isEmpty()) {
            json.writeStringField("because", entry.because);
        }
        json.writeEndObject();
    }

    private void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Path file, byte[] content) throws IOException {
        Path beside = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
