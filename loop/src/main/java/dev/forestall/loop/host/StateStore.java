package dev.forestall.loop.host;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Where a host keeps what follows from its inputs: each subject's state and wake-up, the effects, which inputs belong to
 * whom, what is remembered of identifiers, and up to where the log has been read. All that a run of inputs changed is committed together or not at all, so
 * that after a crash the log is read again from {@link #position} and nothing is counted twice.
 *
 * <p>Keys and values are bytes; keys are ordered as unsigned bytes. Any thread may read and commit; each subject has one
 * writer at a time, and a batch belongs to one thread. Close it only when nobody uses it any more.
 *
 * <p>Every method throws {@link StorageException} when the disk fails or what lies on it is damaged.
 */
public interface StateStore extends StateView, AutoCloseable {

    /** The wake-up of a subject that does not want to be woken. */
    long NEVER = Long.MAX_VALUE;

    /**
     * What is kept of one subject.
     *
     * @param wakeMillis the one instant at which it wants to be woken, in milliseconds since 1970-01-01 UTC, or
     *     {@link #NEVER}
     */
    @SuppressWarnings("ArrayRecordComponent") // plain bytes, handed over and not compared
    record Saved(byte[] state, long wakeMillis) {}

    /** A subject met while listing, with its key and what is kept of it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Subject(byte[] key, Saved saved) {}

    /** A subject whose wake-up has come. */
    @SuppressWarnings("ArrayRecordComponent")
    record Wake(long atMillis, byte[] subject) {}

    /**
     * An effect: something the outside must do, or must be able to read later.
     *
     * @param position of the input in the log that caused it
     * @param subject on which it came about: one input may reach several
     * @param index its place among the effects of that input on that subject, from 0
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Effect(long position, byte[] subject, int index, byte[] bytes) {}

    /** How much there is; the bytes are those of the keys and the states, before compression. */
    record Statistics(long subjects, long keyBytes, long stateBytes) {}

    /** Subjects whose keys begin with the prefix, in order of key, as they were when the cursor was opened. */
    Cursor<Subject> subjects(byte[] prefix);

    /** Counts the subjects whose keys begin with the prefix. Reads them all. */
    Statistics statistics(byte[] prefix);

    /** Wake-ups at or before an instant, ordered by instant and then by subject key; no more than {@code limit}. */
    List<Wake> due(long untilMillis, int limit);

    /**
     * All that is committed by now, and nothing of what is committed later. It must be closed: while it is open, what it shows takes room,
     * also when it is removed meanwhile.
     */
    Snapshot snapshot();

    /** What the store held at one commit. For one thread. */
    interface Snapshot extends StateView, AutoCloseable {

        @Override
        void close();
    }

    /**
     * The generation of states and wake-ups that is live: 0 in a new store. {@link #get}, {@link #subjects}, {@link #due} and the changes
     * of a batch are about it. Everything else in the store belongs to no generation and outlives all of them.
     */
    int generation();

    /** The generations there are, the live one among them. */
    SortedSet<Integer> generations();

    /** Makes room for another generation, without any subject; one of that number that was there is gone. Never the live one. */
    void beginGeneration(int generation);

    /** Lets go of a generation and all its states and wake-ups, if it is there. Never the live one. */
    void dropGeneration(int generation);

    /** As {@link #get}, of any generation. */
    Optional<Saved> get(int generation, byte[] subject);

    /** As {@link #subjects(byte[])}, of any generation. */
    Cursor<Subject> subjects(int generation, byte[] prefix);

    /** All wake-ups of any generation at or before an instant, ordered as those of {@link #due(long, int)}. */
    List<Wake> dueIn(int generation, long untilMillis);

    /** An empty batch. It must be closed. */
    Batch batch();

    /** Writes all of the batch at once and leaves it empty, ready to be filled again. */
    void commit(Batch batch);

    /** Makes everything committed so far safe against loss of power too, whatever {@link Durability} was chosen. */
    void sync();

    /** Frees room: drops effects and entries of {@link #inputs} that lie before a position. May take a while. */
    void retain(long fromPosition);

    /** Makes everything committed durable and lets go of the files. Closing twice does nothing. */
    @Override
    void close();

    /** What a commit survives. In both cases the store holds whole commits only, in their order, without a gap. */
    enum Durability {
        /**
         * A commit survives the death of the process. After a loss of power the last commits may be missing; the log is
         * then read again from the older position, and effects of that stretch come out again with the same ids.
         */
        PROCESS,
        /** Each commit survives a loss of power too, and takes as long as the disk needs for that. */
        POWER
    }

    /** Changes to be committed together. A later change of the same thing wins over an earlier one. */
    interface Batch extends AutoCloseable {

        /**
         * Sets a subject's state and wake-up.
         *
         * @param wakeBefore the wake-up the subject has until now, by the store and the changes already in this batch;
         *     {@link #NEVER} for a new subject. The host has it at hand, and the store need not look it up.
         */
        Batch put(byte[] subject, Saved saved, long wakeBefore);

        /**
         * As {@link #put(byte[], Saved, long)}, in a generation that need not be the live one. An empty state removes the subject from
         * it; what else is known of the subject stays.
         */
        Batch put(int generation, byte[] subject, Saved saved, long wakeBefore);

        /** Makes a generation the live one. The other changes of the batch that name none are of the one that was live before. */
        Batch live(int generation);

        /** Removes a subject: its state, its wake-up and its entries of {@link StateStore#inputs}. */
        Batch remove(byte[] subject, long wakeBefore);

        /**
         * Notes that inputs belong to a subject.
         *
         * @param positions one or more, ascending, all behind those noted for this subject before
         */
        Batch inputs(byte[] subject, long... positions);

        Batch effect(Effect effect);

        /** Removes an effect, for instance because it was performed and nobody needs to read it again. */
        Batch dropEffect(long position, byte[] subject, int index);

        /** Sets what is remembered of one identifier of customers. */
        Batch node(byte[] identifier, byte[] value);

        Batch position(long position);

        Batch named(String name, byte[] value);

        @Override
        void close();
    }
}
