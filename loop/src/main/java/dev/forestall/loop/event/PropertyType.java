package dev.forestall.loop.event;

/** What kind of value a property holds, and so how it is stored, compared and printed. */
public enum PropertyType {
    /** Words or a code. */
    STRING,
    /** A decimal number. */
    NUMBER,
    /** A whole number. */
    INTEGER,
    /** True or false. */
    BOOLEAN,
    /** Whole minor units (cents) of the currency that the tracking plan names. */
    MONEY,
    /** A point in time, to the millisecond. */
    TIME,
    /** A length of time, to the millisecond. */
    DURATION;

    /** Whether values are words; all others are numbers. */
    public boolean isText() {
        return this == STRING;
    }
}
