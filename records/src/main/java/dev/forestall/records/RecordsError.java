package dev.forestall.records;

import dev.forestall.loop.event.ErrorCode;
import dev.forestall.loop.host.StorageException;

/** What can go wrong with the database. */
public enum RecordsError implements ErrorCode {
    SERVER_IN_USE("REC-001", "another process uses the database directory"),
    SERVER_NOT_STARTED("REC-002", "the database did not start"),
    SERVER_IS_ANOTHER("REC-003", "another database answers"),
    PLATFORM_UNKNOWN("REC-004", "there is no database of ours for this machine"),
    SERVER_NOT_AS_ROOT("REC-005", "the database cannot be started by root here"),
    PASSWORD_MISSING("REC-006", "the password file of the database is missing"),
    DATABASE_UNREACHABLE("REC-007", "the database cannot be reached"),
    TABLES_NOT_MADE("REC-008", "the tables cannot be brought to this version"),
    STATEMENT_FAILED("REC-009", "the database refused a statement"),
    FILES_FAILED("REC-010", "the files of the database can't be read or written");

    private final String code;
    private final String title;

    RecordsError(String code, String title) {
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

    /** @param detail what happened, where, and what to do next */
    public StorageException because(String detail) {
        return new StorageException(this, detail);
    }

    /** @param detail what happened, where, and what to do next */
    public StorageException because(String detail, Throwable cause) {
        return new StorageException(this, detail, cause);
    }
}
