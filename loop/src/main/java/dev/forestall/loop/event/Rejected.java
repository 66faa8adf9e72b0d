package dev.forestall.loop.event;

/**
 * Input that was rejected: it is counted and kept, and can be repaired and replayed.
 *
 * @param code what kind of problem it is
 * @param field where in the input: a column, property or identifier; empty when it is the whole input
 * @param detail what was found and what was expected, for people; no personal data
 */
public record Rejected(ErrorCode code, String field, String detail) {

    @Override
    public String toString() {
        return code.code() + (field.isEmpty() ? "" : " " + field) + ": " + detail;
    }
}
