package dev.forestall.run;

/** What was asked for cannot be run. The message begins with a code and says what to do. */
public final class RunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RunError error;

    RunException(RunError error, String detail) {
        super(error.code() + " " + detail);
        this.error = error;
    }

    public RunError error() {
        return error;
    }
}
