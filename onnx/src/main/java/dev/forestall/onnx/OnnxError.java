package dev.forestall.onnx;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a model that was not learned here. */
public enum OnnxError implements ErrorCode {
    UNREADABLE("FRN-001", "a file of a foreign model cannot be read"),
    TOO_LARGE("FRN-002", "a file of a foreign model is larger than the limit"),
    NOT_A_MODEL("FRN-003", "the file is no model that can be run"),
    OTHER_FILES("FRN-004", "the model keeps its numbers in other files"),
    BAD_BINDING("FRN-005", "the binding file cannot be used"),
    MISMATCH("FRN-006", "the model and its binding do not fit"),
    BAD_ANSWER("FRN-007", "the model failed, or its answer is no probability"),
    NO_RUNTIME("FRN-008", "what runs foreign models does not start here");

    private final String code;
    private final String title;

    OnnxError(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }
}
