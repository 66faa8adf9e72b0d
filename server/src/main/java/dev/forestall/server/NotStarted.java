package dev.forestall.server;

/** The server cannot start, and the message says what to do. */
public final class NotStarted extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ServerError error;

    NotStarted(ServerError error, String detail) {
        super(error.code() + " " + detail);
        this.error = error;
    }

    public ServerError error() {
        return error;
    }
}
