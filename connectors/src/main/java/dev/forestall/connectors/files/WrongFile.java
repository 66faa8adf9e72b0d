package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;

/** A file that cannot be read at all, or not to its end. Its message says what is wrong with it and what to do. */
public final class WrongFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ConnectorError code;

    WrongFile(ConnectorError code, String message) {
        super(code.code() + " " + message);
        this.code = code;
    }

    WrongFile(ConnectorError code, String message, Throwable cause) {
        super(code.code() + " " + message, cause);
        this.code = code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public ConnectorError code() {
        return code;
    }
}
