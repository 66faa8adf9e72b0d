package dev.forestall.dispatch;

import dev.forestall.loop.event.ErrorCode;

/** Something was asked of the dispatcher that it cannot do. The message begins with the code. */
public final class DispatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode error;

    DispatchException(ErrorCode error, String detail) {
        super(error.code() + " " + detail);
        this.error = error;
    }

    public ErrorCode error() {
        return error;
    }
}
