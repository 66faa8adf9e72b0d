package dev.forestall.connectors.files;

/** Ends the reading of an object that is not JSON; caught where it began. */
final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final int at;

    /** @param at where in the bytes */
    MalformedJson(String problem, int at) {
        super(problem, null, false, false);
        this.problem = problem;
        this.at = at;
    }

    /** The problem and its place, from 1, in a record that begins at {@code start}. */
    String inRecord(int start) {
        return problem + ", at place " + (at - start + 1) + " of the record";
    }
}
