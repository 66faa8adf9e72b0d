package dev.forestall.loop.report;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a report. */
public enum ReportError implements ErrorCode {
    UNKNOWN_EFFECT("RPT-001", "the report is about something that was never said"),
    OTHER_KIND("RPT-002", "the report does not fit what it is about"),
    UNKNOWN_ACTION("RPT-003", "the report asks for an action that is not declared");

    private final String code;
    private final String title;

    ReportError(String code, String title) {
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
