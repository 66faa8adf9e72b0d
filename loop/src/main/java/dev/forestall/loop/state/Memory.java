package dev.forestall.loop.state;

/**
 * How one kind of cell starts, and how it is read and written. Immutable; shared by all subjects.
 *
 * <p>The content {@code C} may be mutable: it lives only within one step, between {@link #read} and {@link #write}.
 *
 * @param <C> what the cell holds while a step works on it
 */
public interface Memory<C> {

    /** What a cell holds before anything happened. */
    C fresh();

    C read(Reader from);

    void write(C content, Writer to);

    /** Whether the content says no more than a fresh one, so that the cell need not be kept. */
    boolean isFresh(C content);
}
