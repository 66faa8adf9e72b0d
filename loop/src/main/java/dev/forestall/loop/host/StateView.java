package dev.forestall.loop.host;

import java.util.Optional;

/**
 * What a {@link StateStore} holds, for those who only read: the store itself, which others may be changing meanwhile, or what it held at one
 * commit, as {@link StateStore#snapshot} shows it.
 */
public interface StateView {

    /** The state and wake-up of a subject in the generation that is live. */
    Optional<StateStore.Saved> get(byte[] subject);

    /** Effects caused at or after a position, ordered by position, subject and index, as they were when the cursor was opened. */
    Cursor<StateStore.Effect> effects(long fromPosition);

    /** Effects caused at one position on one subject, ordered by index. */
    Cursor<StateStore.Effect> effects(long position, byte[] subject);

    Optional<byte[]> effect(long position, byte[] subject, int index);

    /** Positions of the inputs of one subject, at or after a position, ascending. */
    Cursor<Long> inputs(byte[] subject, long fromPosition);

    /** What is remembered of one identifier of customers. */
    Optional<byte[]> node(byte[] identifier);

    /** The position in the log of the first input that is not yet worked in; 0 at the very beginning. */
    long position();

    /** A small value kept under a name, such as the hash of the definition. */
    Optional<byte[]> named(String name);
}
