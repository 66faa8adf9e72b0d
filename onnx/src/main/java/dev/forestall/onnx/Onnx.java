package dev.forestall.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.forestall.onnx.Signature.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Starts ONNX Runtime, within limits, and says in our words what it says of a model. */
final class Onnx {

    private Onnx() {}

    /** The one environment of the process. It sends nothing anywhere, and is silent: what fails comes as an exception. */
    static OrtEnvironment environment() {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException | LinkageError failed) {
            throw new OnnxException(
                    OnnxError.NO_RUNTIME,
                    "ONNX Runtime does not start: " + cause(failed)
                            + ". It runs on Linux (glibc; x64, arm64), macOS (arm64) and Windows (x64), and unpacks its library into "
                            + System.getProperty("java.io.tmpdir") + ", which must be writable and allow to run code",
                    failed);
        }
    }

    /** Opens a model that was looked through before. */
    static OrtSession open(byte[] model) {
        OrtEnvironment environment = environment();
        try (SessionOptions options = new SessionOptions()) {
            // One thread: a model never takes what the loop needs, and sums run in one order.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // The runtime has a format of its own too; a file in it was not looked through.
            options.addConfigEntry("session.load_model_format", "ONNX");
            return environment.createSession(model, options);
        } catch (OrtException failed) {
            throw notRun(failed);
        }
    }

    static OnnxException notRun(OrtException failed) {
        return new OnnxException(
                OnnxError.NOT_A_MODEL,
                "ONNX Runtime " + environment().getVersion() + " does not take the model: " + said(failed)
                        + ". Export it for an opset that this version knows, with operators of the standard only",
                failed);
    }

    /** What the runtime says, on one line, without the code that Java puts before it. */
    static String said(OrtException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.replaceFirst("^Error code - \\S+ - message: ", "")
                .replaceAll("\\s+", " ")
                .replaceFirst("[. ]+$", "");
    }

    static Signature signature(OrtSession session, ModelScan scan) throws OrtException {
        return new Signature(
                values(session.getInputInfo().values(), scan),
                values(session.getOutputInfo().values(), scan));
    }

    private static List<Value> values(Collection<NodeInfo> nodes, ModelScan scan) {
        return nodes.stream()
                .map(each -> new Value(each.getName(), form(each, scan)))
                .toList();
    }

    private static Form form(NodeInfo node, ModelScan scan) {
        ValueInfo info = node.getInfo();
        if (info instanceof TensorInfo tensor) {
            return new Form.Tensor(
                    Element.of(tensor.type),
                    Arrays.stream(tensor.getShape()).boxed().toList());
        }
        if (info instanceof SequenceInfo sequence && sequence.isSequenceOfMaps()) {
            MapInfo map = sequence.mapInfo;
            return new Form.Maps(Element.of(map.keyType), Element.of(map.valueType), scan.classesOf(node.getName()));
        }
        return new Form.Other(
                info instanceof SequenceInfo
                        ? "a sequence of tensors"
                        : info instanceof MapInfo ? "a map" : "something else");
    }

    /** What a failure in starting native code was about; the outer ones say only that it failed. */
    private static String cause(Throwable failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getClass().getSimpleName() + (deepest.getMessage() == null ? "" : " " + deepest.getMessage());
    }
}
