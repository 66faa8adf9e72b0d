package dev.forestall.onnx;

import dev.forestall.loop.event.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An external model, or its binding, cannot be used. The message begins with the code and names all that is wrong. */
public final class OnnxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode error;
    private final transient List<String> details;

    OnnxException(OnnxError error, String said) {
        this(error, said, List.of(), null);
    }

    OnnxException(OnnxError error, String said, Throwable cause) {
        this(error, said, List.of(), cause);
    }

    /** @param details each a sentence; put below what is said, one a line */
    OnnxException(OnnxError error, String said, List<String> details) {
        this(error, said, details, null);
    }

    private OnnxException(OnnxError error, String said, List<String> details, @Nullable Throwable cause) {
        super(message(error, said, details), cause);
        this.error = error;
        this.details = List.copyOf(details);
    }

    public ErrorCode error() {
        return error;
    }

    /** All that is wrong, each a sentence; empty when the message is about one thing. */
    public List<String> details() {
        return details;
    }

    private static String message(OnnxError error, String said, List<String> details) {
        StringBuilder text = new StringBuilder(error.code()).append(' ').append(said);
        details.forEach(each -> text.append("\n  ").append(each));
        return text.toString();
    }
}
