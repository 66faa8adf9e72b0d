package dev.forestall.foreign;

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
                throw new ForeignException(
                        ForeignError.UNREADABLE,
                        "there is no file " + file + ". Name the .onnx file that the exporter has written");
            }
            checkSize(Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new ForeignException(
                    ForeignError.UNREADABLE,
                    "the file " + file + " cannot be read: " + failed.getMessage() + ". Check that it may be read",
                    failed);
        }
    }

    static void checkSize(long bytes) {
        if (bytes > MAX_BYTES) {
            throw new ForeignException(
                    ForeignError.TOO_LARGE,
                    "the model has " + (bytes >> 20) + " MB; at most " + (MAX_BYTES >> 20)
                            + " are possible. Export a smaller one");
        }
    }
}
