package dev.forestall.run;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a data directory and with what is to be run in it. */
public enum RunError implements ErrorCode {
    NO_RUN("RUN-001", "the data directory holds no run"),
    OTHER_DATA("RUN-002", "the data directory was not made by a replay"),
    OTHER_MODEL("RUN-003", "an external model is not the one that was added"),
    NO_MAPPING("RUN-004", "the pack has no file mapping of that name"),
    OTHER_FILE("RUN-005", "the file is not the one that was read before");

    private final String code;
    private final String title;

    RunError(String code, String title) {
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

    /** @param detail what happened, with which values, and what to do next */
    RunException because(String detail) {
        return new RunException(this, detail);
    }
}
