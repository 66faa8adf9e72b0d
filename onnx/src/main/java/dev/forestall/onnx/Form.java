package dev.forestall.onnx;

import java.util.List;

/** What an input or an output of a model looks like. Immutable. */
public sealed interface Form {

    /** On part of a line, for people: {@code float [N, 4]}. */
    String words();

    /**
     * Numbers or texts in rows and columns.
     *
     * @param shape by dimension its size, -1 where the caller decides; none for a single value
     */
    record Tensor(Element element, List<Long> shape) implements Form {
        public Tensor {
            shape = List.copyOf(shape);
        }

        /** Whether it has one row per moment: {@code [N]} or {@code [N, columns]}. */
        boolean hasRows() {
            return shape.size() == 1 || shape.size() == 2;
        }

        /** How many rows it asks for at a time; -1 when any number will do. */
        long rows() {
            return shape.getFirst();
        }

        /** How many columns a row has; -1 when that is not stated. */
        long columns() {
            return shape.size() == 1 ? 1 : shape.get(1);
        }

        @Override
        public String words() {
            StringBuilder text = new StringBuilder(element.words()).append(" [");
            for (int i = 0; i < shape.size(); i++) {
                long size = shape.get(i);
                text.append(i == 0 ? "" : ", ").append(size >= 0 ? String.valueOf(size) : i == 0 ? "N" : "?");
            }
            return text.append(']').toString();
        }
    }

    /**
     * A map per row, from the label of a class to its probability.
     *
     * @param classes the labels as texts; empty when the file does not say them
     */
    record Maps(Element key, Element value, List<String> classes) implements Form {
        public Maps {
            classes = List.copyOf(classes);
        }

        @Override
        public String words() {
            String listed = classes.isEmpty() ? "" : " (" + String.join(", ", classes) + ")";
            return value.words() + " by " + key.words() + " class" + listed + ", a map per row";
        }
    }

    /** Anything else; it cannot be used here. */
    record Other(String words) implements Form {}
}
