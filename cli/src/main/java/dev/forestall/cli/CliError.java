package dev.forestall.cli;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with what somebody asks on the command line. */
public enum CliError implements ErrorCode {
    NO_SUCH_ID("CLI-001", "nothing has this id"),
    SEVERAL_IDS("CLI-002", "the beginning of an id fits several"),
    SHORT_ID("CLI-003", "the beginning of an id is too short"),
    NO_SUCH_SUBJECT("CLI-004", "nobody is known under this key"),
    NO_PACK("CLI-007", "there is no such pack"),
    WRONG_VALUE("CLI-008", "an option has a value that makes no sense"),
    NOT_WRITTEN("CLI-009", "a file could not be read or written"),
    INTERNAL("CLI-010", "Forestall made a mistake"),
    NOTHING_TO_LEARN("CLI-011", "a log has no event to learn from"),
    SEVERAL_CUSTOMERS("CLI-012", "several customers are known under this key"),
    UNMERGED_NOTHING("CLI-013", "the two identifiers were not unmerged"),
    NO_MODEL("CLI-014", "no model answers the prediction"),
    NOT_PROMOTED("CLI-015", "a model did not take the champion's place"),
    OTHER_PROGRAM("CLI-016", "another program does this"),
    NOT_REACHABLE("CLI-017", "the server cannot be reached"),
    DECLINED("CLI-018", "the server did not do it"),
    NO_KEY("CLI-019", "no key for the server is given"),
    NO_LOG("CLI-020", "the file seems to be no log of events"),
    NO_MEMORY("CLI-021", "there is not enough memory"),
    TOO_DEEP("CLI-022", "something is nested too deeply");

    private final String code;
    private final String title;

    CliError(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }

    /** @param detail what happened, with which values, and what to do next */
    public Refused because(Exit exit, String detail) {
        return new Refused(exit, code + " " + detail);
    }
}
