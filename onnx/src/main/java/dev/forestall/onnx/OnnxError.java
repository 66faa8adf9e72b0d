package dev.forestall.onnx;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a model that was not learned here. */
public enum OnnxError implements ErrorCode {
    UNREADABLE("EXT-001", "a file of an external model cannot be read"),
    TOO_LARGE("EXT-002", "a file of an external model is larger than the limit"),
    NOT_A_MODEL("EXT-003", "the file is no model that can be run"),
    OTHER_FILES("EXT-004", "the model keeps its numbers in other files"),
    BAD_BINDING("EXT-005", "the binding file cannot be used"),
    MISMATCH("EXT-006", "the model and its binding do not fit"),
    BAD_ANSWER("EXT-007", "the model failed, or its answer is no probability"),
    NO_RUNTIME("EXT-008", "what runs external models does not start here");

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
