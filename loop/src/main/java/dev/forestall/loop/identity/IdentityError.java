package dev.forestall.loop.identity;

import dev.forestall.loop.event.ErrorCode;

/** What can be refused or noticed when it is settled who is who. None of it sets an event aside. */
public enum IdentityError implements ErrorCode {
    UNKNOWN_IDENTIFIER("IDN-001", "an unmerge names an identifier that customers do not have"),
    NOT_JOINED("IDN-002", "nothing joins the two identifiers directly"),
    STILL_JOINED("IDN-003", "the two identifiers are one customer still, by way of others"),
    FOUND_SHARED("IDN-004", "an identifier has been found shared and joins nobody any more"),
    SHARED("IDN-005", "two identifiers were not joined, because one of them is shared"),
    KEPT_APART("IDN-006", "two identifiers were not joined, because they are kept apart for good"),
    TOO_MANY("IDN-007", "an identifier has come together with too many others and joins nobody any more"),
    TOO_LONG("IDN-008", "a customer has too long a past to be worked out anew");

    private final String code;
    private final String title;

    IdentityError(String code, String title) {
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
