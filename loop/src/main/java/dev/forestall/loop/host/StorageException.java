package dev.forestall.loop.host;

import dev.forestall.loop.event.ErrorCode;

/**
 * The disk, or what lies on it, keeps a host from going on. The message begins with the code and says where it happened,
 * what was expected and what to do next. Nothing that was acknowledged is lost by it; the host stops without moving its
 * position.
 */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode error;

    /** @param detail what happened, where, and what to do next; the code is put before it */
    public StorageException(ErrorCode error, String detail) {
        super(error.code() + " " + detail);
        this.error = error;
    }

    public StorageException(ErrorCode error, String detail, Throwable cause) {
        super(error.code() + " " + detail, cause);
        this.error = error;
    }

    public ErrorCode error() {
        return error;
    }
}
