package dev.forestall.loop.state;

/**
 * How one kind of cell starts, and how it is read and written. Immutable; shared by all subjects.
 *
 * <p>The content {@code C} may be mutable. It lives for one step or for many: a host may keep a subject open.
 *
 * @param <C> what the cell holds while a step works on it
 */
public interface Memory<C> {

    /** What a cell holds before anything happened. */
    C fresh();

    C read(Reader from);

    /**
     * As {@link #read(Reader)}, into an object that is not used any more. Worth doing for what is read with every event; by default
     * the object is left alone.
     *
     * @param spare a content of this memory that has served in an earlier step, perhaps of another subject: nothing of it may stay
     */
    default C read(Reader from, C spare) {
        return read(from);
    }

    void write(C content, Writer to);

    /** Whether the content says no more than a fresh one, so that the cell need not be kept. */
    boolean isFresh(C content);

    /**
     * A memory of what was really said or done. It does not follow from a subject's inputs alone, but from what was known when they came; so when
     * somebody's past turns out to be another one, it is kept and not worked out anew.
     *
     * @param <C> what the cell holds
     */
    interface Said<C> extends Memory<C> {

        /** What two who have turned out to be one were told, or what was done for them. Either may be changed and returned. */
        C join(C one, C other);

        /** Whether everybody into whom one falls apart keeps it: what reached one of them may have reached any. */
        boolean isOfEveryPart();
    }

    /** A memory whose contents hold, within a step, what they are not written with. */
    interface Forgetful<C> extends Memory<C> {

        /** Ends a step: the content goes on as if it had been written and read again. */
        void forget(C content);
    }
}
