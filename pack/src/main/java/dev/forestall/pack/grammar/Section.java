package dev.forestall.pack.grammar;

import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from an inspected mapping. What is missing or was found wrong reads as absent: the inspection has reported it, and the
 * reader goes on to find further problems. Asking for a key that the grammar does not have is our mistake and fails at once.
 *
 * @param path the keys that lead here
 * @param node what was written
 * @param shape what the grammar says of it
 */
public record Section(String path, Entries node, Fields shape) {

    /** A named thing within a section. */
    public record Member(String name, Scalar key, String path, Node node) {

        /** Its fields, when it is a mapping. */
        public Optional<Section> section(Fields shape) {
            return node instanceof Entries entries ? Optional.of(new Section(path, entries, shape)) : Optional.empty();
        }
    }

    public Place place() {
        return node.place();
    }

    public boolean has(String key) {
        return find(key) != null;
    }

    /** What stands behind a key. */
    public @Nullable Node find(String key) {
        shapeOf(key);
        return node.get(key);
    }

    /** Where the value of a key stands, or the section when it is absent. */
    public Place placeOf(String key) {
        Node value = find(key);
        return value == null ? node.place() : value.place();
    }

    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A single value that is neither absent, empty nor of a wrong kind. */
    public Optional<Scalar> scalar(String key) {
        Node value = find(key);
        if (!(value instanceof Scalar scalar) || scalar.isNothing()) {
            return Optional.empty();
        }
        return isFine(scalar, shapeOf(key)) ? Optional.of(scalar) : Optional.empty();
    }

    public Optional<String> text(String key) {
        return scalar(key).map(Scalar::text);
    }

    public String text(String key, String standard) {
        return text(key).orElse(standard);
    }

    public int whole(String key, int standard) {
        return text(key).map(Integer::parseInt).orElse(standard);
    }

    public double number(String key, double standard) {
        return text(key).map(Double::parseDouble).orElse(standard);
    }

    public boolean flag(String key) {
        return text(key).map(Boolean::parseBoolean).orElse(false);
    }

    /** A duration in milliseconds. */
    public long millis(String key, long standard) {
        return text(key).map(Durations::millis).orElse(standard);
    }

    /** A percentage as a share, 0.4 for 40%. */
    public double share(String key, double standard) {
        return text(key).map(Shares::share).orElse(standard);
    }

    public Optional<Section> section(String key) {
        Node value = find(key);
        boolean isEmpty = value instanceof Scalar scalar && scalar.isNothing();
        if (value == null || !(isEmpty || value instanceof Entries)) {
            return Optional.empty();
        }
        Entries entries = value instanceof Entries some ? some : new Entries(value.place(), List.of());
        return fields(shapeOf(key)).map(fields -> new Section(pathOf(key), entries, fields));
    }

    /** The nodes of a list, or the single one that stands there instead. */
    public List<Node> nodes(String key) {
        Node value = find(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof Items items ? items.nodes() : List.of(value);
    }

    /** The single values of a list, or the one that stands there instead; those of a wrong kind are left out. */
    public List<Scalar> scalars(String key) {
        List<Scalar> scalars = new ArrayList<>();
        for (Node each : nodes(key)) {
            if (each instanceof Scalar scalar && !scalar.isNothing() && isFineInside(scalar, shapeOf(key))) {
                scalars.add(scalar);
            }
        }
        return scalars;
    }

    /**
     * What is declared by name behind a key: in the order of the names, unless the order of the file means something. So the order in
     * which files and things in them stand changes nothing.
     */
    public List<Member> members(String key) {
        Node value = find(key);
        return shapeOf(key) instanceof Named named ? members(value, named, pathOf(key)) : List.of();
    }

    /** As {@link #members(String)}, of a mapping that is itself a member. */
    public static List<Member> members(@Nullable Node value, Named shape, String path) {
        if (!(value instanceof Entries entries)) {
            return List.of();
        }
        List<Member> members = new ArrayList<>();
        for (Entry entry : entries.entries()) {
            String name = entry.key().text();
            boolean twice = members.stream().anyMatch(each -> each.name().equals(name));
            if (shape.key().accepts(name) && !twice && members.size() < shape.max()) {
                members.add(new Member(name, entry.key(), path + "." + name, entry.value()));
            }
        }
        if (!shape.ordered()) {
            members.sort(Comparator.comparing(Member::name));
        }
        return members;
    }

    private Shape shapeOf(String key) {
        return shape.key(key).orElseThrow(() -> noKey(key)).shape();
    }

    private IllegalArgumentException noKey(String key) {
        return new IllegalArgumentException("the grammar of " + shape.name() + " has no key '" + key + "'");
    }

    private static Optional<Fields> fields(Shape shape) {
        return switch (shape) {
            case Fields fields -> Optional.of(fields);
            case Either either ->
                either.alternatives().stream()
                        .flatMap(each -> fields(each).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    /** Whether a value can stand alone or in the list of a shape. */
    private static boolean isFineInside(Scalar scalar, Shape shape) {
        return switch (shape) {
            case Shape.Many many -> isFine(scalar, many.each());
            case Either either -> either.alternatives().stream().anyMatch(each -> isFineInside(scalar, each));
            default -> isFine(scalar, shape);
        };
    }

    private static boolean isFine(Scalar scalar, Shape shape) {
        return switch (shape) {
            case Shape.Leaf leaf ->
                leaf.kind().accepts(scalar.text())
                        && Limits.exceeded(leaf.kind(), scalar.text()).isEmpty();
            case Shape.Choice choice -> choice.options().contains(scalar.text());
            case Shape.Whole whole ->
                scalar.text().matches("-?[0-9]{1,9}")
                        && Integer.parseInt(scalar.text()) >= whole.min()
                        && Integer.parseInt(scalar.text()) <= whole.max();
            case Either either -> either.alternatives().stream().anyMatch(each -> isFine(scalar, each));
            case Shape.Many many -> false;
            case Named named -> false;
            case Fields fields -> false;
        };
    }
}
