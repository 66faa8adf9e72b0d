package dev.forestall.loop.risk;

import dev.forestall.loop.event.ErrorCode;

/** What can go wrong when a predictive question is answered. No event is rejected for it. */
public enum RiskError implements ErrorCode {
    NOT_ANSWERED("RSK-001", "an external model could not answer");

    private final String code;
    private final String title;

    RiskError(String code, String title) {
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
