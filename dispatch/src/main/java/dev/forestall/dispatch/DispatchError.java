package dev.forestall.dispatch;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with what is asked of the dispatcher. */
public enum DispatchError implements ErrorCode {
    ILLEGAL_MOVE("DSP-001", "the request cannot go there from where it stands"),
    UNKNOWN_REQUEST("DSP-002", "there is no such request"),
    ENDPOINT_REFUSED("DSP-003", "the address may not be called");

    private final String code;
    private final String title;

    DispatchError(String code, String title) {
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

    /** @param detail what was asked for, where it stands, and what to do */
    public DispatchException because(String detail) {
        return new DispatchException(this, detail);
    }
}
