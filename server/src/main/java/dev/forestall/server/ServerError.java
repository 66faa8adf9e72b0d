package dev.forestall.server;

import dev.forestall.loop.event.ErrorCode;

/** What keeps a server from starting, or ends it. */
public enum ServerError implements ErrorCode {
    WRONG_SETTING("SRV-001", "a setting is wrong"),
    NO_PACK("SRV-002", "there is no pack that can be served"),
    ADDRESS_TAKEN("SRV-003", "the address cannot be listened on"),
    INTERNAL("SRV-004", "the server made a mistake");

    private final String code;
    private final String title;

    ServerError(String code, String title) {
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
    public NotStarted because(String detail) {
        return new NotStarted(this, detail);
    }
}
