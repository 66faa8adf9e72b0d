package dev.forestall.server;

/** What was asked for is not done: the state of things, or whoever asks, does not allow it. Whoever answers says why. */
public final class Declined extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ApiError error;

    /** @param detail what was found, and what to do about it */
    public Declined(ApiError error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
