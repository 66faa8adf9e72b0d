package dev.forestall.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes small models in the ONNX format, for tests: there is no library for Java that does. The numbers of the fields are those
 * of onnx.proto.
 */
final class OnnxWriter {

    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int STRING = 8;
    static final int BOOL = 9;
    static final int DOUBLE = 11;

    /** A dimension of which the caller decides the size. */
    static final long ANY = -1;

    private final Message graph = new Message().text(2, "test");
    private int nodes;

    /** One message in the wire format of protocol buffers. */
    static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message whole(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message real(int field, float value) {
            varint((long) field << 3 | 5);
            bytes.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.toBytes());
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                bytes.write((int) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            bytes.write((int) left);
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    /** What a node is told beside its inputs. */
    record Attribute(Message message) {

        static Attribute whole(String name, long value) {
            return new Attribute(named(name, 2).whole(3, value));
        }

        static Attribute text(String name, String value) {
            return new Attribute(named(name, 3).text(4, value));
        }

        static Attribute reals(String name, float... values) {
            Message message = named(name, 6);
            for (float each : values) {
                message.real(7, each);
            }
            return new Attribute(message);
        }

        static Attribute wholes(String name, long... values) {
            Message message = named(name, 7);
            for (long each : values) {
                message.whole(8, each);
            }
            return new Attribute(message);
        }

        static Attribute texts(String name, String... values) {
            Message message = named(name, 8);
            for (String each : values) {
                message.text(9, each);
            }
            return new Attribute(message);
        }

        /** A graph within a node. */
        static Attribute graph(String name, OnnxWriter graph) {
            return new Attribute(named(name, 5).message(6, graph.graph));
        }

        static Attribute tensor(String name, Message tensor) {
            return new Attribute(named(name, 4).message(5, tensor));
        }

        private static Message named(String name, int type) {
            return new Message().text(1, name).whole(20, type);
        }
    }

    OnnxWriter input(String name, int type, long... shape) {
        graph.message(11, value(name, tensorType(type, shape)));
        return this;
    }

    OnnxWriter output(String name, int type, long... shape) {
        graph.message(12, value(name, tensorType(type, shape)));
        return this;
    }

    /** An output of a map per row, from class to probability. */
    OnnxWriter maps(String name, int keyType) {
        Message map = new Message().whole(1, keyType).message(2, tensorType(FLOAT));
        Message sequence = new Message().message(1, new Message().message(5, map));
        graph.message(12, value(name, new Message().message(4, sequence)));
        return this;
    }

    /** Numbers that are a part of the model. */
    OnnxWriter numbers(String name, long[] shape, float... values) {
        graph.message(5, tensor(name, shape, values));
        return this;
    }

    /** Numbers that lie in another file. */
    OnnxWriter numbersElsewhere(String name, long[] shape, String file) {
        graph.message(5, elsewhere(name, shape, file));
        return this;
    }

    static Message elsewhere(String name, long[] shape, String file) {
        Message tensor = tensor(name, shape);
        tensor.message(13, new Message().text(1, "location").text(2, file));
        tensor.message(13, new Message().text(1, "offset").text(2, "0"));
        return tensor.whole(14, 1);
    }

    private static Message tensor(String name, long[] shape, float... values) {
        Message tensor = new Message();
        for (long each : shape) {
            tensor.whole(1, each);
        }
        tensor.whole(2, FLOAT);
        for (float each : values) {
            tensor.real(4, each);
        }
        return tensor.text(8, name);
    }

    OnnxWriter node(String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    /** A node of the operators for what is learned by other tools than neural networks. */
    OnnxWriter learned(String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        return node("ai.onnx.ml", operator, inputs, outputs, attributes);
    }

    OnnxWriter node(
            String domain, String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(each -> node.text(1, each));
        outputs.forEach(each -> node.text(2, each));
        node.text(3, operator + nodes++).text(4, operator);
        for (Attribute each : attributes) {
            node.message(5, each.message());
        }
        graph.message(1, node.text(7, domain));
        return this;
    }

    byte[] toBytes() {
        return toBytes(13);
    }

    /** @param opset the version of the standard operators */
    byte[] toBytes(int opset) {
        return new Message()
                .whole(1, 7)
                .text(2, "forestall tests")
                .message(7, graph)
                .message(8, new Message().text(1, "").whole(2, opset))
                .message(8, new Message().text(1, "ai.onnx.ml").whole(2, 2))
                .toBytes();
    }

    private static Message value(String name, Message type) {
        return new Message().text(1, name).message(2, type);
    }

    private static Message tensorType(int type, long... shape) {
        List<Message> dimensions = new ArrayList<>();
        for (long each : shape) {
            dimensions.add(each < 0 ? new Message() : new Message().whole(1, each));
        }
        Message all = new Message();
        dimensions.forEach(each -> all.message(1, each));
        return new Message().message(1, new Message().whole(1, type).message(2, all));
    }
}
