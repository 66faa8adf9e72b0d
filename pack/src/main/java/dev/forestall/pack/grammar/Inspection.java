package dev.forestall.pack.grammar;

import dev.forestall.pack.grammar.Shape.Choice;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Key;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.grammar.Shape.Whole;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problem.Severity;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what a pack says with what the grammar allows, and reports every difference. */
public final class Inspection {

    private final Problems problems;

    public Inspection(Problems problems) {
        this.problems = problems;
    }

    /** Inspects a node and all that lies in it. */
    public void inspect(Node node, Shape shape, String path) {
        switch (shape) {
            case Leaf leaf -> leaf(node, leaf, path);
            case Choice choice -> choice(node, choice, path);
            case Whole whole -> whole(node, whole, path);
            case Many many -> many(node, many, path);
            case Named named -> named(node, named, path);
            case Fields fields -> fields(node, fields, path);
            case Either either -> either(node, either, path);
        }
    }

    private void leaf(Node node, Leaf leaf, String path) {
        if (!(node instanceof Scalar scalar)
                || scalar.isNothing()
                || !leaf.kind().accepts(scalar.text())) {
            wrong(node, leaf, path);
            return;
        }
        String limit = Limits.exceeded(leaf.kind(), scalar.text());
        if (!limit.isEmpty()) {
            problems.error(PackError.OUT_OF_RANGE, node.place(), path, scalar.text() + " is outside the limits", limit);
        }
    }

    private void choice(Node node, Choice choice, String path) {
        if (!(node instanceof Scalar scalar) || scalar.isNothing()) {
            wrong(node, choice, path);
        } else if (!choice.options().contains(scalar.text())) {
            problems.add(new Problem(
                    PackError.WRONG_VALUE,
                    Severity.ERROR,
                    node.place(),
                    path,
                    node.described() + " is not possible here",
                    "Expected " + choice.expected(),
                    Nearest.to(scalar.text(), choice.options())));
        }
    }

    private void whole(Node node, Whole whole, String path) {
        if (!(node instanceof Scalar scalar) || !scalar.text().matches("-?[0-9]{1,18}")) {
            wrong(node, whole, path);
            return;
        }
        long number = Long.parseLong(scalar.text());
        if (number < whole.min() || number > whole.max()) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    node.place(),
                    path,
                    scalar.text() + " is outside the limits",
                    "Expected " + whole.expected());
        }
    }

    private void many(Node node, Many many, String path) {
        if (!(node instanceof Items items)) {
            wrong(node, many, path);
            return;
        }
        int size = items.nodes().size();
        if (size < many.min() || size > many.max()) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    node.place(),
                    path,
                    "the list has " + size + (size == 1 ? " entry" : " entries"),
                    "From " + many.min() + " to " + many.max() + " are possible");
        }
        for (int i = 0; i < size; i++) {
            inspect(items.nodes().get(i), many.each(), path + "[" + i + "]");
        }
    }

    private void named(Node node, Named named, String path) {
        if (node instanceof Scalar scalar && scalar.isNothing()) {
            return;
        }
        if (!(node instanceof Entries entries)) {
            wrong(node, named, path);
            return;
        }
        duplicates(entries, path);
        if (entries.entries().size() > named.max()) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    node.place(),
                    path,
                    "there are " + entries.entries().size() + " " + named.what(),
                    "At most " + named.max() + " are possible");
        }
        for (Entry entry : entries.entries()) {
            String name = entry.key().text();
            if (!named.key().accepts(name)) {
                problems.error(
                        PackError.WRONG_VALUE,
                        entry.key().place(),
                        path,
                        "'" + name + "' cannot be a name here",
                        "Expected " + named.key().expected());
            }
            inspect(entry.value(), named.each(), join(path, name));
        }
    }

    private void fields(Node node, Fields fields, String path) {
        if (node instanceof Scalar scalar && scalar.isNothing() && needsNothing(fields)) {
            return;
        }
        if (!(node instanceof Entries entries)) {
            wrong(node, fields, path);
            return;
        }
        duplicates(entries, path);
        for (Entry entry : entries.entries()) {
            String name = entry.key().text();
            Key key = fields.key(name).orElse(null);
            if (key == null) {
                unknownKey(entry, fields, path);
            } else {
                inspect(entry.value(), key.shape(), join(path, name));
            }
        }
        for (Key key : fields.keys()) {
            if (key.required() && entries.get(key.name()) == null) {
                problems.error(
                        PackError.MISSING_KEY,
                        entries.place(),
                        path,
                        "the key '" + key.name() + "' is missing",
                        "Expected " + key.shape().expected());
            }
        }
        exactlyOne(entries, fields, path);
    }

    private static boolean needsNothing(Fields fields) {
        return fields.oneOf().isEmpty() && fields.keys().stream().noneMatch(Key::required);
    }

    private void unknownKey(Entry entry, Fields fields, String path) {
        String name = entry.key().text();
        problems.add(new Problem(
                PackError.UNKNOWN_KEY,
                Severity.ERROR,
                entry.key().place(),
                path,
                fields.name() + " has no key '" + name + "'",
                "The keys are " + String.join(", ", fields.names()),
                Nearest.to(name, fields.names())));
    }

    private void exactlyOne(Entries entries, Fields fields, String path) {
        if (fields.oneOf().isEmpty()) {
            return;
        }
        List<String> there = fields.oneOf().stream()
                .filter(name -> entries.get(name) != null)
                .toList();
        if (there.size() != 1) {
            problems.error(
                    PackError.NOT_EXACTLY_ONE,
                    entries.place(),
                    path,
                    there.isEmpty()
                            ? fields.name() + " lacks the key that says what it is"
                            : String.join(" and ", there) + " cannot stand together",
                    "Exactly one is needed of " + String.join(", ", fields.oneOf()));
        }
    }

    private void either(Node node, Either either, String path) {
        for (Shape alternative : either.alternatives()) {
            if (fits(node, alternative)) {
                inspect(node, alternative, path);
                return;
            }
        }
        wrong(node, either, path);
    }

    /** Whether a node looks like a shape from outside: a single value, a list or a mapping. */
    static boolean fits(Node node, Shape shape) {
        return switch (shape) {
            case Leaf leaf -> node instanceof Scalar;
            case Choice choice -> node instanceof Scalar;
            case Whole whole -> node instanceof Scalar;
            case Many many -> node instanceof Items;
            case Named named -> node instanceof Entries;
            case Fields fields -> node instanceof Entries;
            case Either either -> either.alternatives().stream().anyMatch(each -> fits(node, each));
        };
    }

    private void duplicates(Entries entries, String path) {
        Map<String, Place> seen = new HashMap<>();
        for (Entry entry : entries.entries()) {
            @Nullable
            Place before = seen.putIfAbsent(entry.key().text(), entry.key().place());
            if (before != null) {
                problems.error(
                        PackError.DUPLICATE,
                        entry.key().place(),
                        path,
                        "'" + entry.key().text() + "' stands here and at " + before,
                        "Keep one of them");
            }
        }
    }

    private void wrong(Node node, Shape shape, String path) {
        problems.error(
                PackError.WRONG_VALUE,
                node.place(),
                path,
                node.described() + " is not possible here",
                "Expected " + shape.expected());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
