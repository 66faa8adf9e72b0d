package dev.forestall.run.draft;

/** No pack can be proposed for a file. The message says what was looked for, and what to do. */
public final class DraftException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Needed needed;

    /** What a log of events has and the file seems not to have. */
    public enum Needed {
        /** A time. */
        TIME,
        /** An identifier. */
        IDENTIFIER,
        /** A column of the name that somebody gave. */
        COLUMN,
        /** Events that a column tells apart. */
        EVENT
    }

    DraftException(Needed needed, String detail) {
        super(detail);
        this.needed = needed;
    }

    public Needed needed() {
        return needed;
    }
}
