package dev.forestall.connectors;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a way in as a whole, so that it makes no sense to read on. */
public enum ConnectorError implements ErrorCode {
    NOT_READABLE("CON-001", "the file is not there or may not be read"),
    NOT_A_FILE("CON-002", "the path is not a file"),
    UNKNOWN_FORMAT("CON-003", "the file is in no format that can be read"),
    MISSING_COLUMNS("CON-004", "the file lacks columns that the mapping names"),
    EMPTY("CON-005", "the file holds no records"),
    BROKEN_OFF("CON-006", "the file ends in the middle or could not be read on"),
    NOT_WELL_FORMED("CON-007", "the file is no well-formed XML, or holds what is not allowed in a log"),
    NO_MAPPING("CON-008", "no file mapping of the pack fits the file"),
    CHANGED("CON-009", "the file is not the one that was read before"),
    NO_SCRATCH_SPACE("CON-010", "there is no room for sorting");

    private final String code;
    private final String title;

    ConnectorError(String code, String title) {
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
}
