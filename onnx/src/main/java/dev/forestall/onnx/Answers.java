package dev.forestall.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Takes the probabilities out of what a model answers. */
final class Answers {

    /** So far outside of 0 to 1 a float comes by rounding alone: a few of its last places. */
    private static final double ROUNDING = 1e-6;

    private Answers() {}

    /**
     * The answers to some rows, whatever their values.
     *
     * @throws IllegalStateException when there are not as many as rows, or not of the chosen form; says what came
     */
    static double[] read(OnnxValue answer, Choice choice, int rows) throws OrtException {
        return switch (choice) {
            case Choice.InColumn column -> ofTensor(answer, column, rows);
            case Choice.OfClass one -> ofMaps(answer, one, rows);
        };
    }

    private static double[] ofTensor(OnnxValue answer, Choice.InColumn choice, int rows) throws OrtException {
        if (!(answer instanceof OnnxTensor tensor)) {
            throw wrong(choice, "answered " + answer.getInfo() + " instead of a tensor");
        }
        long[] shape = tensor.getInfo().getShape();
        if (shape.length < 1 || shape.length > 2 || shape[0] != rows) {
            throw wrong(choice, "answered " + Arrays.toString(shape) + " to " + Check.count(rows, "row"));
        }
        int columns = shape.length == 1 ? 1 : (int) shape[1];
        String wrong = Choice.wrongColumn(columns, choice.column() < 0 ? null : choice.column());
        if (!wrong.isEmpty()) {
            throw wrong(choice, wrong);
        }
        int column = choice.column() < 0 ? columns - 1 : choice.column();
        double[] values = new double[rows];
        switch (Element.of(tensor.getInfo().type)) {
            case FLOAT -> {
                FloatBuffer all = tensor.getFloatBuffer();
                for (int i = 0; i < rows; i++) {
                    values[i] = all.get(i * columns + column);
                }
            }
            case DOUBLE -> {
                DoubleBuffer all = tensor.getDoubleBuffer();
                for (int i = 0; i < rows; i++) {
                    values[i] = all.get(i * columns + column);
                }
            }
            default -> throw wrong(choice, "answered " + tensor.getInfo() + " instead of float or double");
        }
        return values;
    }

    private static double[] ofMaps(OnnxValue answer, Choice.OfClass choice, int rows) throws OrtException {
        if (!(answer instanceof OnnxSequence sequence)) {
            throw wrong(choice, "answered " + answer.getInfo() + " instead of maps");
        }
        List<? extends OnnxValue> maps = sequence.getValue();
        try {
            if (maps.size() != rows) {
                throw wrong(choice, "answered " + Check.count(maps.size(), "map") + " to " + Check.count(rows, "row"));
            }
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = ofMap(maps.get(i), choice);
            }
            return values;
        } finally {
            // Each map is a value of its own outside of the heap.
            maps.forEach(OnnxValue::close);
        }
    }

    private static double ofMap(OnnxValue value, Choice.OfClass choice) throws OrtException {
        if (value instanceof OnnxMap map) {
            for (Map.Entry<?, ?> each : map.getValue().entrySet()) {
                if (String.valueOf(each.getKey()).equals(choice.label()) && each.getValue() instanceof Number number) {
                    return number.doubleValue();
                }
            }
            throw wrong(
                    choice,
                    "has no class '" + choice.label() + "': it has "
                            + map.getValue().keySet());
        }
        throw wrong(choice, "answered " + value.getInfo() + " instead of a map");
    }

    /**
     * The same value as a probability.
     *
     * @param row of the value, for the message
     * @throws IllegalStateException when it is none
     */
    static double checked(double value, Choice choice, int row) {
        if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) {
            String why = Double.isNaN(value)
                    ? ". Does the model know absent values? Say with 'absent' in the binding what it is given instead"
                    : ". Is it a class's score rather than its probability?";
            throw wrong(
                    choice,
                    "answered " + value + " to row " + row + ", where a probability from 0 to 1 was expected" + why);
        }
        return Math.clamp(value, 0.0, 1.0);
    }

    private static IllegalStateException wrong(Choice choice, String said) {
        return new Wrong("the model's output '" + choice.output() + "' " + said);
    }

    /** An answer that is none. */
    static final class Wrong extends IllegalStateException {
        private static final long serialVersionUID = 1L;
        private final String said;

        /** @param said what came; the message puts the code before it */
        Wrong(String said) {
            super(OnnxError.BAD_ANSWER.code() + " " + said);
            this.said = said;
        }

        String said() {
            return said;
        }
    }
}
