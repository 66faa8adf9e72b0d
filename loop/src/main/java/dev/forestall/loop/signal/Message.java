package dev.forestall.loop.signal;

/** What one subject tells another. */
public sealed interface Message {

    /** The signal that it is about. */
    String signal();

    /**
     * A customer tells a cohort what happened to her. Sums only, so that the order of arrival does not matter.
     *
     * @param bucketMillis start of the time bucket in which it happened
     * @param tried how often what the cohort counts could have happened
     * @param hit how often it did; at most {@code tried}
     * @param member the customer's key
     */
    record Count(String signal, long bucketMillis, int tried, int hit, String member) implements Message {}

    /**
     * A cohort or entity tells a customer who depends on it how it fares.
     *
     * @param value which cohort or entity
     * @param atMillis since when
     * @param off whether it is off its expectation; false when it is back to normal
     */
    record Notice(String signal, String value, long atMillis, boolean off) implements Message {}
}
