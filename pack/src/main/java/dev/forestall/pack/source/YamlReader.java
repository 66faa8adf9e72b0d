package dev.forestall.pack.source;

import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML file to nodes. */
public final class YamlReader {

    /** So many nodes, aliases expanded, one file may hold. */
    static final int MAX_NODES = 100_000;

    /** So deep nodes may lie in each other. */
    static final int MAX_DEPTH = 40;

    private final String file;
    private final Problems problems;
    private int nodes;

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The nodes of a text, or null when it cannot be read or holds nothing; then there is a problem. */
    public static @Nullable Node read(String file, String text, Problems problems) {
        return new YamlReader(file, problems).read(text);
    }

    private @Nullable Node read(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
            if (root.isPresent()) {
                return node(root.get(), 0);
            }
            problems.error(PackError.NOT_YAML, Place.of(file), "", "the file is empty", "Write the keys of a pack");
        } catch (TooLarge limit) {
            tooLarge(String.valueOf(limit.getMessage()));
        } catch (StackOverflowError deep) {
            // The library composes nested collections by recursion and has no limit of its own.
            tooLarge("the file is nested too deeply");
        } catch (MarkedYamlEngineException wrong) {
            Place place = wrong.getProblemMark().map(this::place).orElse(Place.of(file));
            problems.error(
                    PackError.NOT_YAML, place, "", "not YAML: " + said(wrong), "Mind indentation, colons and quotes");
        } catch (YamlEngineException wrong) {
            String message = wrong.getMessage() == null ? "" : wrong.getMessage();
            problems.error(
                    PackError.NOT_YAML,
                    Place.of(file),
                    "",
                    "not YAML: " + firstLine(message),
                    "Mind special characters");
        }
        return null;
    }

    private void tooLarge(String found) {
        String expected = "At most " + MAX_NODES + " values, nested at most " + MAX_DEPTH + " deep, are possible";
        problems.error(PackError.TOO_LARGE, Place.of(file), "", found, expected);
    }

    private static String said(MarkedYamlEngineException wrong) {
        String context = wrong.getContext() == null ? "" : wrong.getContext() + ", ";
        return firstLine(context + wrong.getProblem());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        if (++nodes > MAX_NODES) {
            throw new TooLarge("the file holds too many values");
        }
        if (depth > MAX_DEPTH) {
            // An alias that lies within its own anchor ends here too.
            throw new TooLarge("the file is nested too deeply");
        }
        Place place = node.getStartMark().map(this::place).orElse(Place.of(file));
        return switch (node) {
            case ScalarNode scalar -> scalar(place, scalar);
            case SequenceNode sequence -> {
                List<Node> items = new ArrayList<>();
                sequence.getValue().forEach(each -> items.add(node(each, depth + 1)));
                yield new Items(place, items);
            }
            case MappingNode mapping -> {
                List<Entry> entries = new ArrayList<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    Node key = node(tuple.getKeyNode(), depth + 1);
                    Node value = node(tuple.getValueNode(), depth + 1);
                    entries.add(new Entry(key(key), value));
                }
                yield new Entries(place, entries);
            }
            default -> throw new IllegalStateException("a YAML node of kind " + node.getNodeType());
        };
    }

    private static Scalar scalar(Place place, ScalarNode scalar) {
        return new Scalar(place, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
    }

    private Scalar key(Node key) {
        if (key instanceof Scalar scalar) {
            return scalar;
        }
        problems.error(
                PackError.WRONG_VALUE,
                key.place(),
                "",
                "a key is " + key.described(),
                "Keys are single words or texts");
        return new Scalar(key.place(), "", true);
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Ends reading from within the recursion. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null, false, false);
        }
    }
}
