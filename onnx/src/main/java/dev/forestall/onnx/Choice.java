package dev.forestall.onnx;

import dev.forestall.onnx.Binding.Output;
import dev.forestall.onnx.Signature.Value;
import dev.forestall.pack.problem.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in the answers of a model the probability stands. */
sealed interface Choice {

    String output();

    /** @param column from 0; -1 for the second of two or the only one, which the first answer tells */
    record InColumn(String output, int column) implements Choice {}

    /** @param label of the class, as a text */
    record OfClass(String output, String label) implements Choice {}

    /** What is chosen of the outputs of a model; null when that is not clear, and then something was found wrong. */
    static @Nullable Choice of(Signature signature, Output told, List<String> found) {
        Value value = output(signature, told, found);
        if (value == null) {
            return null;
        }
        return switch (value.form()) {
            case Form.Tensor tensor -> ofTensor(value, tensor, told, found);
            case Form.Maps maps -> ofMaps(value, maps, told, found);
            case Form.Other other -> throw new IllegalStateException("chosen as an output: " + other);
        };
    }

    private static @Nullable Value output(Signature signature, Output told, List<String> found) {
        List<Value> usable =
                signature.outputs().stream().filter(Choice::isUsable).toList();
        List<String> names = usable.stream().map(Value::name).toList();
        String name = told.name();
        if (usable.isEmpty()) {
            found.add("the model answers no probability: " + listed(signature.outputs())
                    + ". It needs an output of float or double as [N] or [N, columns], or of maps from class to probability;"
                    + " a label alone is none. Export it with its probabilities");
            return null;
        }
        if (name == null) {
            if (usable.size() > 1) {
                found.add("the model has several outputs that could be the probability: " + listed(usable)
                        + "; say with 'output: { name: ... }' which one it is");
                return null;
            }
            return usable.getFirst();
        }
        for (Value each : signature.outputs()) {
            if (each.name().equals(name)) {
                if (isUsable(each)) {
                    return each;
                }
                found.add("the output " + each + " is no probability; " + Nearest.list(names) + " could be one");
                return null;
            }
        }
        found.add("the binding names an output '" + name + "' that the model does not have; " + Nearest.list(names)
                + " could be the probability" + Check.meant(name, names));
        return null;
    }

    private static boolean isUsable(Value output) {
        return switch (output.form()) {
            case Form.Tensor tensor -> tensor.element().holdsAbsent() && tensor.hasRows();
            case Form.Maps maps -> maps.value().holdsAbsent();
            case Form.Other other -> false;
        };
    }

    private static String listed(List<Value> values) {
        return String.join("; ", values.stream().map(Value::toString).toList());
    }

    private static @Nullable Choice ofTensor(Value value, Form.Tensor tensor, Output told, List<String> found) {
        if (told.label() != null) {
            found.add("the output " + value + " has columns, not classes by label; say 'column' instead of 'class'");
            return null;
        }
        Integer column = told.column();
        String wrong = wrongColumn(tensor.columns(), column);
        if (!wrong.isEmpty()) {
            found.add("the output " + value + " " + wrong);
            return null;
        }
        return new InColumn(value.name(), column == null ? -1 : column);
    }

    /** What is wrong with a column that was told, or with telling none; empty when nothing is or the columns are not known. */
    static String wrongColumn(long columns, @Nullable Integer told) {
        if (columns < 0) {
            return "";
        }
        if (told == null) {
            return columns == 1 || columns == 2
                    ? ""
                    : "has " + Check.count(columns, "column")
                            + "; say with 'output: { column: ... }', from 0, which one";
        }
        return told < columns
                ? ""
                : "has no column " + told + ": it has " + Check.count(columns, "column") + ", counted from 0";
    }

    private static @Nullable Choice ofMaps(Value value, Form.Maps maps, Output told, List<String> found) {
        if (told.column() != null) {
            found.add("the output " + value + " has classes by label, not columns; say 'class' instead of 'column'");
            return null;
        }
        String label = told.label();
        if (label == null) {
            found.add("the output " + value
                    + " has a probability for each class; say with 'output: { class: ... }' which one");
            return null;
        }
        if (!maps.classes().isEmpty() && !maps.classes().contains(label)) {
            found.add("the output " + value + " has no class '" + label + "'" + Check.meant(label, maps.classes()));
            return null;
        }
        return new OfClass(value.name(), label);
    }
}
