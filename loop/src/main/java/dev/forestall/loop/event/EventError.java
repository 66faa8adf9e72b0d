package dev.forestall.loop.event;

/** What can be wrong with an event. */
public enum EventError implements ErrorCode {
    UNKNOWN_TYPE("EVT-001", "the event's type is not in the tracking plan"),
    NO_SUBJECT("EVT-002", "the event names no subject that the pack knows"),
    NO_TIME("EVT-003", "the event has no time, or one that cannot be read"),
    IMPOSSIBLE_TIME("EVT-004", "the event's time is impossible"),
    MISSING_PROPERTY("EVT-005", "a required property is missing"),
    WRONG_TYPE("EVT-006", "a property is not of its declared type"),
    MALFORMED("EVT-007", "the input cannot be read as a record"),
    TOO_LARGE("EVT-008", "the input is larger than the limit");

    private final String code;
    private final String title;

    EventError(String code, String title) {
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
