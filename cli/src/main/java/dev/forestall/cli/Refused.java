package dev.forestall.cli;

/** A command cannot do what was asked. The message begins with a code and says what to do; people see it without a stack trace. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Exit exit;

    Refused(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }
}
