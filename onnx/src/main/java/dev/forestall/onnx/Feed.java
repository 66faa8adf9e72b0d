package dev.forestall.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The rows of one input, as the runtime takes them; outside of the heap and used again for every batch. For one thread. */
final class Feed {

    private final Form.Tensor tensor;
    private final Binding.Input bound;
    private final int columns;
    private final ByteBuffer values;

    Feed(Form.Tensor tensor, Binding.Input bound, int maxRows) {
        this.tensor = tensor;
        this.bound = bound;
        this.columns = bound.features().size();
        this.values = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(maxRows, columns), bytes()))
                .order(ByteOrder.nativeOrder());
    }

    String name() {
        return bound.name();
    }

    int columns() {
        return columns;
    }

    void clear() {
        values.clear();
    }

    /** Adds what this input sees of one row. */
    void add(float[] row, int firstColumn) {
        for (int i = firstColumn; i < firstColumn + columns; i++) {
            put(Float.isNaN(row[i]) ? bound.absent() : row[i]);
        }
    }

    /** Whole numbers are cut off towards zero, as the tools do in which models are trained; yes is whatever is not 0. */
    private void put(double value) {
        switch (tensor.element()) {
            case FLOAT -> values.putFloat((float) value);
            case DOUBLE -> values.putDouble(value);
            case INT64 -> values.putLong((long) value);
            case INT32 -> values.putInt((int) value);
            case BOOL -> values.put((byte) (value != 0 ? 1 : 0));
            case TEXT, OTHER -> throw notANumber();
        }
    }

    /** The rows added since the latest {@link #clear}; valid until the next. */
    OnnxTensor tensor(OrtEnvironment environment, int rows) throws OrtException {
        values.flip();
        long[] shape = tensor.shape().size() == 1 ? new long[] {rows} : new long[] {rows, columns};
        return switch (tensor.element()) {
            case FLOAT -> OnnxTensor.createTensor(environment, values.asFloatBuffer(), shape);
            case DOUBLE -> OnnxTensor.createTensor(environment, values.asDoubleBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, values.asLongBuffer(), shape);
            case INT32 -> OnnxTensor.createTensor(environment, values.asIntBuffer(), shape);
            case BOOL -> OnnxTensor.createTensor(environment, values, shape, OnnxJavaType.BOOL);
            case TEXT, OTHER -> throw notANumber();
        };
    }

    private int bytes() {
        return switch (tensor.element()) {
            case DOUBLE, INT64 -> 8;
            case FLOAT, INT32 -> 4;
            case BOOL -> 1;
            case TEXT, OTHER -> throw notANumber();
        };
    }

    private IllegalStateException notANumber() {
        return new IllegalStateException("the input '" + bound.name() + "' is " + tensor.words());
    }
}
