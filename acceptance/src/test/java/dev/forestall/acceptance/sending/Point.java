package dev.forestall.acceptance.sending;

/** Where a sender is killed. */
enum Point {
    /** It is noted that a permit is to be asked for, and the engine does not know. */
    BEFORE_DUE,
    /** The engine's log has it, and nobody has noted that. */
    AFTER_DUE,
    /** The engine has given a permit, and the outbox does not have it. */
    BEFORE_PERMIT,
    /** The outbox has the permit. */
    AFTER_PERMIT,
    /** It is noted that it is being sent, and the receiver has nothing. */
    BEFORE_ACCEPT,
    /** The receiver has it, and nobody has noted that. */
    AFTER_ACCEPT,
    /** It is noted that it was sent, and the engine does not know. */
    BEFORE_REPORT,
    /** The engine's log has the report, and nobody has noted that. */
    AFTER_REPORT
}
