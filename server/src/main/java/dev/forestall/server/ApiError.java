package dev.forestall.server;

import dev.forestall.loop.event.ErrorCode;

/** What programs are told that ask for something which is not done. Programs compare codes; a code never changes its meaning. */
public enum ApiError implements ErrorCode {
    UNREADABLE("API-001", 400, "the request cannot be read"),
    NOT_KNOWN("API-002", 401, "there is no key, or none that holds"),
    WRONG_FIELD("API-003", 422, "a field is wrong"),
    NOT_ALLOWED("API-004", 403, "the key or the user may not do this"),
    NOT_FOUND("API-005", 404, "there is nothing of this name"),
    WRONG_STATE("API-006", 409, "the state does not allow it"),
    CHANGED("API-007", 412, "it was changed meanwhile"),
    KEY_REUSED("API-009", 422, "the idempotency key was used for something else"),
    KEY_IN_PROGRESS("API-010", 409, "the same is being done"),
    WRONG_CURSOR("API-011", 400, "the cursor cannot be used"),
    TOO_LARGE("API-012", 413, "the request is too large"),
    WRONG_TYPE("API-013", 415, "the kind of content is not known"),
    TOO_MANY("API-014", 429, "too much at once"),
    NOT_NOW("API-015", 503, "it cannot be done now"),
    WRONG_PARAMETER("API-016", 400, "a parameter is wrong"),
    NO_IDEMPOTENCY_KEY("API-017", 400, "an idempotency key is needed");

    private final String code;
    private final int status;
    private final String title;

    ApiError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
