package dev.forestall.acceptance.oracle;

import java.util.List;

/** Which late events each detector promises to judge exactly, in the words of its documentation. */
final class Late {

    private Late() {}

    /** Late behind others, but not behind those that matter. */
    static Streams.Copes inOwnOrder(String types) {
        return (before, late, window) -> !late.is(types) || noneAfter(before, late, types);
    }

    /** A late Y counts against the wait that is open and the latest signal; a late X unless a later X or Y is known. */
    static Streams.Copes stall(String after, String without) {
        return (before, late, window) -> late.is(without)
                ? concernsLatestOnly(before, late, after, window)
                : !late.is(after) || noneAfter(before, late, after + without);
    }

    /** A late keeping counts as far as the latest signal; a late promise unless a later promise or keeping is known. */
    static Streams.Copes deadline(String promised, String kept) {
        return (before, late, window) -> late.is(kept) || late.is(promised)
                ? noneAfter(before, late, promised + (late.is(kept) ? "" : kept))
                : true;
    }

    /** A late forbidden event counts against the match that waits and the latest signal. */
    static Streams.Copes forbidden() {
        return (before, late, window) -> late.is("b")
                ? concernsLatestOnly(before, late, "a", window)
                : !late.is("a") || noneAfter(before, late, "ab");
    }

    /** Late behind what is about no run; what is about a run comes in its own order, but for one that splits a silence. */
    static Streams.Copes ownOrderInRuns() {
        return (before, late, window) -> late.key().isEmpty()
                || before.stream()
                        .noneMatch(
                                each -> isSame(each, late) && each.key().equals(late.key()) && each.at() > late.at());
    }

    /** At most one signal can have been said of instants at or after the late event: so it is the latest one, and stands or is over. */
    private static boolean concernsLatestOnly(List<Happening> before, Happening late, String after, long window) {
        return before.stream()
                        .filter(each -> isSame(each, late) && each.is(after) && each.at() + window >= late.at())
                        .mapToLong(Happening::at)
                        .distinct()
                        .count()
                <= 1;
    }

    private static boolean noneAfter(List<Happening> before, Happening late, String types) {
        return before.stream().noneMatch(each -> isSame(each, late) && each.is(types) && each.at() > late.at());
    }

    private static boolean isSame(Happening one, Happening other) {
        return one.customer().equals(other.customer());
    }
}
