package dev.forestall.acceptance.crash;

/** What a replay is busy with. Declared in the order in which a run goes through them; a run that goes on may skip some. */
enum Stage {
    /** It starts, clears the data directory or opens what is there. */
    OPENING,
    /** It writes the log and has committed nothing yet. */
    ACCEPTING,
    /** It commits what follows from the log: the log's next part, or what a crash left undone. */
    COMMITTING,
    /** It writes the lines of the outputs. */
    WRITING,
    /** It makes Parquet of them, and gives all files their names. */
    FINISHING
}
