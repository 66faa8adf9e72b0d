package dev.forestall.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The packs that the repository shows to its users: those in {@code packs/} and those in the guide. */
public final class Examples {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private Examples() {}

    /** One of them, by a name that says where it stands. */
    public record Example(String name, String text) {}

    public static List<Example> all() throws IOException {
        List<Example> examples = new ArrayList<>(ofGuide());
        try (Stream<Path> files = Files.walk(ROOT.resolve("packs"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                examples.add(new Example(ROOT.relativize(file).toString(), Files.readString(file)));
            }
        }
        examples.add(new Example("every key", Files.readString(Path.of("src/test/resources/every-key.yaml"))));
        return examples;
    }

    /** The packs in the guide, each a block of YAML. */
    public static List<Example> ofGuide() throws IOException {
        Path guide = ROOT.resolve("docs/guides/packs.md");
        String text = Files.readString(guide);
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            long line = text.substring(0, block.start(1)).lines().count() + 1;
            examples.add(new Example("packs.md, line " + line, block.group(1)));
        }
        return examples;
    }

    public static void assertGolden(String text, Path file) throws IOException {
        Golden.assertSame(text, file);
    }

    /** As a schema sees it. */
    public static String json(String yaml) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, new Load(LoadSettings.builder().build()).loadFromString(yaml));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object each : list) {
                    write(json, each);
                }
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> json.writeString(String.valueOf(value));
        }
    }
}
