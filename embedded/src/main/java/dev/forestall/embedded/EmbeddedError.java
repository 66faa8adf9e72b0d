package dev.forestall.embedded;

import dev.forestall.loop.event.ErrorCode;
import dev.forestall.loop.host.StorageException;

/** What can go wrong with the directory of an embedded host. */
public enum EmbeddedError implements ErrorCode {
    DIRECTORY_IN_USE("EMB-001", "another process uses the data directory"),
    DIRECTORY_NOT_OURS("EMB-002", "the directory holds something else"),
    FORMAT_UNKNOWN("EMB-003", "the data was written in another format"),
    FORMAT_UNREADABLE("EMB-004", "the FORMAT file can't be read"),
    DIRECTORY_FAILED("EMB-005", "the data directory can't be created or opened"),
    LOG_FAILED("EMB-006", "the log can't be read or written"),
    LOG_DAMAGED("EMB-007", "the log is damaged"),
    LOG_STOPPED("EMB-008", "the log takes nothing more after a failed write"),
    LOG_READ_TOO_LATE("EMB-009", "a part of the log was dropped while it was being read"),
    STATE_FAILED("EMB-010", "the state can't be read or written"),
    STATE_DAMAGED("EMB-011", "the state is damaged"),
    STATE_AND_LOG_DIFFER("EMB-012", "state and log don't belong together"),
    LIBRARY_NOT_LOADED("EMB-013", "the library that keeps the state can't be loaded"),
    OTHER_DEFINITION("EMB-014", "the data was made by another definition"),
    HISTORY_GONE("EMB-015", "the beginning of the log is no longer kept"),
    MODEL_MISSING("EMB-016", "an external model that is to be asked was not given"),
    KEYS_FAILED("EMB-017", "the keys can't be read or written");

    private final String code;
    private final String title;

    EmbeddedError(String code, String title) {
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

    StorageException because(String detail) {
        return new StorageException(this, detail);
    }

    StorageException because(String detail, Throwable cause) {
        return new StorageException(this, detail, cause);
    }
}
