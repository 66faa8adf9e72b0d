package dev.forestall.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the bytes of a model from a file, within the limit. */
final class ModelFile {

    /** The runtime keeps the model once more beside these bytes. */
    static final long MAX_BYTES = 512L << 20;

    private ModelFile() {}

    static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new OnnxException(
                        OnnxError.UNREADABLE,
                        "there is no file " + file + ". Name the .onnx file that the exporter has written");
            }
            checkSize(Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new OnnxException(
                    OnnxError.UNREADABLE,
                    "the file " + file + " cannot be read: " + failed.getMessage() + ". Check that it may be read",
                    failed);
        }
    }

    static void checkSize(long bytes) {
        if (bytes > MAX_BYTES) {
            throw new OnnxException(
                    OnnxError.TOO_LARGE,
                    "the model has " + (bytes >> 20) + " MB; at most " + (MAX_BYTES >> 20)
                            + " are possible. Export a smaller one");
        }
    }
}
