package dev.forestall.onnx;

import dev.forestall.onnx.Binding.Input;
import dev.forestall.onnx.Binding.Output;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import dev.forestall.pack.source.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a binding from YAML. */
public final class BindingFile {

    /** A file of ten thousand features is smaller. */
    private static final long MAX_BYTES = 1_000_000;

    private static final List<String> KEYS = List.of("output", "inputs");
    private static final List<String> OUTPUT_KEYS = List.of("name", "column", "class");
    private static final List<String> INPUT_KEYS = List.of("feature", "features", "absent");

    private final List<String> found = new ArrayList<>();

    private BindingFile() {}

    /**
     * Reads a binding file.
     *
     * @throws OnnxException when it cannot be read or does not say what a binding says; names all that is wrong, with places
     */
    public static Binding read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new OnnxException(
                        OnnxError.TOO_LARGE,
                        "the binding file " + file + " has " + Files.size(file) + " bytes; at most " + MAX_BYTES
                                + " are possible. Is it the right file?");
            }
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (CharacterCodingException notText) {
            throw new OnnxException(
                    OnnxError.BAD_BINDING,
                    "the binding file " + file + " is no text in UTF-8. Name the YAML file, not the model",
                    notText);
        } catch (IOException failed) {
            throw new OnnxException(
                    OnnxError.UNREADABLE,
                    "the binding file " + file + " cannot be read: " + failed.getMessage()
                            + ". Check that it exists and may be read",
                    failed);
        }
    }

    /**
     * Reads a binding that is one text.
     *
     * @param name of the file, for messages
     */
    public static Binding parse(String name, String text) {
        BindingFile file = new BindingFile();
        Problems problems = new Problems();
        Node root = YamlReader.read(name, text, problems);
        for (Problem each : problems.sorted()) {
            file.wrong(each.place(), each.found());
        }
        Binding binding = root == null ? null : file.binding(root);
        if (binding == null || !file.found.isEmpty()) {
            throw new OnnxException(
                    OnnxError.BAD_BINDING,
                    "the binding file cannot be used; docs/guides/external-models.md shows what one says:",
                    file.found);
        }
        return binding;
    }

    private void wrong(Place place, String what) {
        found.add(place + ": " + what);
    }

    private @Nullable Binding binding(Node root) {
        if (!(root instanceof Entries entries)) {
            wrong(root.place(), "here is " + root.described() + "; a mapping with 'inputs' was expected");
            return null;
        }
        checkKeys(entries, KEYS);
        Node output = entries.get("output");
        Node inputs = entries.get("inputs");
        return new Binding(inputs(entries, inputs), output == null ? Output.ANY : output(output));
    }

    private Output output(Node node) {
        if (!(node instanceof Entries entries)) {
            wrong(
                    node.place(),
                    "'output' is " + node.described() + "; a mapping such as { name: probabilities } was expected");
            return Output.ANY;
        }
        checkKeys(entries, OUTPUT_KEYS);
        Node column = entries.get("column");
        Node label = entries.get("class");
        if (column != null && label != null) {
            wrong(label.place(), "'column' and 'class' exclude each other; keep the one that the output has");
        }
        Node name = entries.get("name");
        return new Output(
                name == null ? null : text(name, "'name'"),
                column == null ? null : column(column),
                label == null ? null : text(label, "'class'"));
    }

    private @Nullable Integer column(Node node) {
        if (node instanceof Scalar scalar && scalar.text().matches("\\d{1,9}")) {
            return Integer.valueOf(scalar.text());
        }
        wrong(node.place(), "'column' is " + node.described() + "; a whole number from 0 was expected");
        return null;
    }

    private List<Input> inputs(Entries root, @Nullable Node node) {
        if (!(node instanceof Entries entries) || entries.entries().isEmpty()) {
            wrong(
                    node == null ? root.place() : node.place(),
                    node == null
                            ? "'inputs' is missing; it says which features each input is given"
                            : "'inputs' is " + node.described()
                                    + "; the names of inputs with their features were expected");
            return List.of();
        }
        checkKeys(entries, null);
        return entries.entries().stream().map(this::input).toList();
    }

    private Input input(Entry entry) {
        String name = entry.key().text();
        Node value = entry.value();
        return switch (value) {
            case Entries entries -> input(name, entries);
            case Items items -> new Input(name, features(name, items), Double.NaN);
            case Scalar scalar -> new Input(name, List.of(text(scalar, "the feature of '" + name + "'")), Double.NaN);
        };
    }

    private Input input(String name, Entries entries) {
        checkKeys(entries, INPUT_KEYS);
        Node one = entries.get("feature");
        Node several = entries.get("features");
        Node absent = entries.get("absent");
        if ((one == null) == (several == null)) {
            wrong(entries.place(), "the input '" + name + "' needs 'feature' with one key, or 'features' with a list");
        }
        List<String> features = new ArrayList<>();
        if (one != null) {
            features.add(text(one, "'feature'"));
        }
        if (several instanceof Items items) {
            features.addAll(features(name, items));
        } else if (several != null) {
            wrong(several.place(), "'features' is " + several.described() + "; a list of keys was expected");
        }
        return new Input(name, features, absent == null ? Double.NaN : absent(absent));
    }

    private List<String> features(String name, Items items) {
        if (items.nodes().isEmpty()) {
            wrong(items.place(), "the input '" + name + "' has an empty list; the keys of its features were expected");
        }
        return items.nodes().stream().map(each -> feature(name, each)).toList();
    }

    private String feature(String name, Node node) {
        String key = text(node, "a feature of '" + name + "'");
        if (key.contains("(") && !key.contains(")")) {
            // To YAML the comma in recent(events, 7d) begins the next item.
            wrong(node.place(), "'" + key + "' ends before its bracket does; put a key that holds a comma in quotes");
        }
        return key;
    }

    private double absent(Node node) {
        if (node instanceof Scalar scalar) {
            switch (scalar.text()) {
                case "true":
                    return 1;
                case "false":
                    return 0;
                default:
                    // Not whatever Java reads: 1f and 0x1p3 are no numbers to people.
                    if (scalar.text().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
                        return Double.parseDouble(scalar.text());
                    }
            }
        }
        wrong(node.place(), "'absent' is " + node.described() + "; a number, true or false was expected");
        return Double.NaN;
    }

    private String text(Node node, String what) {
        if (node instanceof Scalar scalar
                && !scalar.isNothing()
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        wrong(node.place(), what + " is " + node.described() + "; a text was expected");
        return "";
    }

    /** Says which keys stand there twice, and which of them are unknown; any key is known when none are given. */
    private void checkKeys(Entries entries, @Nullable List<String> known) {
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries.entries()) {
            String key = entry.key().text();
            if (!seen.add(key)) {
                wrong(entry.key().place(), "'" + key + "' stands here a second time; keep one of them");
            }
            if (known != null && !known.contains(key)) {
                wrong(
                        entry.key().place(),
                        "there is no key '" + key + "' here; there is " + Nearest.list(known)
                                + Check.meant(key, known));
            }
        }
    }
}
