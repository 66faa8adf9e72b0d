package dev.forestall.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks through the bytes of a model before the runtime gets them, for what the runtime does not tell: whether it would read
 * other files, and the labels of classes. The numbers of the fields are those of onnx.proto. What does not read as a model is
 * refused, so that nothing reaches the runtime that was not looked through.
 */
final class ModelScan {

    /** Graphs lie in nodes of graphs; no exporter comes near. */
    private static final int MAX_DEPTH = 64;

    /** A map per class label is made by this operator alone. */
    private static final String MAPS = "ZipMap";

    private final Map<String, List<String>> classes = new LinkedHashMap<>();
    private final List<String> elsewhere = new ArrayList<>();
    private boolean hasGraph;

    private ModelScan() {}

    /** @throws OnnxException when it is no model, or one that keeps its numbers in other files */
    static ModelScan of(byte[] model) {
        ModelFile.checkSize(model.length);
        if (model.length == 0) {
            throw new OnnxException(
                    OnnxError.NOT_A_MODEL,
                    "the file is empty; a model in the ONNX format was expected. Export it again");
        }
        ModelScan scan = new ModelScan();
        try {
            scan.model(new Fields(model));
        } catch (Fields.Malformed wrong) {
            throw notAModel("it cannot be read beyond byte " + wrong.at());
        }
        if (!scan.hasGraph) {
            throw notAModel("it holds no graph");
        }
        if (!scan.elsewhere.isEmpty()) {
            throw new OnnxException(
                    OnnxError.OTHER_FILES,
                    "the model keeps the numbers of " + Check.count(scan.elsewhere.size(), "tensor")
                            + " in other files (first: '"
                            + scan.elsewhere.getFirst()
                            + "'), and a model may read none. Export it with its data inside, in one file");
        }
        return scan;
    }

    private static OnnxException notAModel(String why) {
        return new OnnxException(
                OnnxError.NOT_A_MODEL,
                "the file is no model in the ONNX format, or a damaged one: " + why
                        + ". Export it again, or copy it anew");
    }

    /** The labels of the classes of an output of maps; empty when the file does not say them. */
    List<String> classesOf(String output) {
        return classes.getOrDefault(output, List.of());
    }

    private void model(Fields model) {
        while (model.next()) {
            switch (model.number()) {
                case 7 -> {
                    hasGraph = true;
                    graph(model.message(), 1);
                }
                case 20 -> training(model.message());
                case 25 -> function(model.message());
                default -> model.skip();
            }
        }
    }

    private void training(Fields training) {
        while (training.next()) {
            switch (training.number()) {
                case 1, 2 -> graph(training.message(), 1);
                default -> training.skip();
            }
        }
    }

    private void function(Fields function) {
        while (function.next()) {
            switch (function.number()) {
                case 7 -> node(function.message(), 1);
                case 11 -> attribute(function.message(), 1);
                default -> function.skip();
            }
        }
    }

    private void graph(Fields graph, int depth) {
        if (depth > MAX_DEPTH) {
            throw graph.malformed();
        }
        while (graph.next()) {
            switch (graph.number()) {
                case 1 -> node(graph.message(), depth);
                case 5 -> tensor(graph.message());
                case 15 -> sparse(graph.message());
                default -> graph.skip();
            }
        }
    }

    private void node(Fields node, int depth) {
        List<String> outputs = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        String operator = "";
        while (node.next()) {
            switch (node.number()) {
                case 2 -> outputs.add(node.text());
                case 4 -> operator = node.text();
                case 5 -> labels.addAll(attribute(node.message(), depth));
                default -> node.skip();
            }
        }
        if (operator.equals(MAPS) && !outputs.isEmpty()) {
            classes.put(outputs.getFirst(), List.copyOf(labels));
        }
    }

    /** Looks through an attribute, and gives its list of texts or whole numbers if it is one: the labels, where it is of a ZipMap. */
    private List<String> attribute(Fields attribute, int depth) {
        List<String> listed = new ArrayList<>();
        while (attribute.next()) {
            switch (attribute.number()) {
                case 5, 10 -> tensor(attribute.message());
                case 6, 11 -> graph(attribute.message(), depth + 1);
                case 8 -> attribute.wholes().forEach(each -> listed.add(Long.toString(each)));
                case 9 -> listed.add(attribute.text());
                case 22, 23 -> sparse(attribute.message());
                default -> attribute.skip();
            }
        }
        return listed;
    }

    private void sparse(Fields sparse) {
        while (sparse.next()) {
            switch (sparse.number()) {
                case 1, 2 -> tensor(sparse.message());
                default -> sparse.skip();
            }
        }
    }

    private void tensor(Fields tensor) {
        String name = "";
        Optional<String> file = Optional.empty();
        while (tensor.next()) {
            switch (tensor.number()) {
                case 8 -> name = tensor.text();
                case 13 -> file = Optional.of(file.orElse("") + location(tensor.message()));
                case 14 -> {
                    // Its default says that the numbers are inside.
                    if (tensor.whole() != 0) {
                        file = Optional.of(file.orElse(""));
                    }
                }
                default -> tensor.skip();
            }
        }
        if (file.isPresent()) {
            elsewhere.add(file.get().isEmpty() ? name : name + "' in '" + file.get());
        }
    }

    /** The value of an entry that says in which file a tensor is; empty of any other entry. */
    private static String location(Fields entry) {
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.number()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.text();
                default -> entry.skip();
            }
        }
        return key.equals("location") ? value : "";
    }
}
