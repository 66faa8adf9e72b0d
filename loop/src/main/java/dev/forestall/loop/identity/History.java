package dev.forestall.loop.identity;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;

/**
 * What the log has said about one pair of identifiers, in its order: an event carried both, somebody unmerged them. Immutable.
 *
 * <p>Of the events that say the same the first one is kept, so a history grows by at most two marks per unmerge.
 */
final class History {

    static final History NOTHING = new History(new long[0]);

    private static final int EVIDENCE = 0;
    private static final int UNMERGED = 1;
    private static final int UNMERGED_FOR_GOOD = 2;

    /** Each a log position and, in the lowest two bits, what happened there. Ascending. */
    private final long[] marks;

    private History(long[] marks) {
        this.marks = marks;
    }

    /** Whether an event has said that the two are one customer, and nobody has unmerged them since. */
    boolean isEvident(long asOf) {
        int last = last(asOf);
        return last >= 0 && kind(last) == EVIDENCE;
    }

    /** Whether the two are kept apart whatever events say. */
    boolean isKeptApart(long asOf) {
        int last = last(asOf);
        if (last >= 0 && kind(last) == EVIDENCE) {
            last--;
        }
        return last >= 0 && kind(last) == UNMERGED_FOR_GOOD;
    }

    /** Whether the two are joined, as far as it is up to them alone. */
    boolean joins(long asOf) {
        return isEvident(asOf) && !isKeptApart(asOf);
    }

    /** Whether anything was said about the two. */
    boolean isKnown(long asOf) {
        return last(asOf) >= 0;
    }

    /** The position of the event that says so, or {@link Edge#NO_EVIDENCE}. */
    long evidence(long asOf) {
        int last = last(asOf);
        return last >= 0 && kind(last) == EVIDENCE ? position(last) : Edge.NO_EVIDENCE;
    }

    /** Nothing new when it is evident already, or when the event stands before what was said last. */
    History withEvidence(long position) {
        return isEvident(Long.MAX_VALUE) ? this : with(position, EVIDENCE);
    }

    /** Nothing new when there is nothing to retract, unless it changes whether that is for good. */
    History withUnmerge(long position, boolean forGood) {
        if (!isEvident(Long.MAX_VALUE) && isKeptApart(Long.MAX_VALUE) == forGood) {
            return this;
        }
        return with(position, forGood ? UNMERGED_FOR_GOOD : UNMERGED);
    }

    private History with(long position, int kind) {
        if (marks.length > 0 && position <= position(marks.length - 1)) {
            return this;
        }
        long[] longer = Arrays.copyOf(marks, marks.length + 1);
        longer[marks.length] = position << 2 | kind;
        return new History(longer);
    }

    private int last(long asOf) {
        int last = marks.length - 1;
        while (last >= 0 && position(last) > asOf) {
            last--;
        }
        return last;
    }

    private long position(int mark) {
        return marks[mark] >>> 2;
    }

    private int kind(int mark) {
        return (int) marks[mark] & 3;
    }

    void write(Writer to) {
        to.count(marks.length);
        long before = 0;
        for (long mark : marks) {
            to.count(mark - before);
            before = mark;
        }
    }

    static History read(Reader from) {
        long[] marks = new long[from.size()];
        long before = 0;
        for (int i = 0; i < marks.length; i++) {
            before += from.count();
            marks[i] = before;
        }
        return new History(marks);
    }
}
