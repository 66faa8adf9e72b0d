package dev.forestall.loop.host;

/**
 * All inputs a host has accepted, in the order of acceptance. An input is acknowledged when this log has it durably;
 * states, wake-ups and effects follow behind and can be worked out again by reading it.
 *
 * <p>Positions grow: the first record ever is 0, the next 1, and so on; {@link #raiseEpoch} makes them jump, as {@link Positions} says.
 * A position is never used again. A position behind the last record of an epoch stands for the first one of the next. One thread
 * writes ({@link #append}, {@link #sync}, {@link #retain}, {@link #close}); any number may read beside it. Only durable
 * records can be read, so nobody acts on what a crash could take back.
 *
 * <p>After a crash the log holds every record that was durable, followed by none, some or all of the others in their
 * order of appending.
 *
 * <p>Every method throws {@link StorageException} when the disk fails. After a failed append or sync the log refuses all
 * further writing: what the disk holds is then unknown until the log is opened again.
 */
public interface InputLog extends AutoCloseable {

    /** The longest record, in bytes. The shortest is one byte. */
    int MAX_RECORD_BYTES = 16 << 20;

    /**
     * One record. The array is the reader's own.
     *
     * @param atMillis when it was accepted, as given to {@link #append}: milliseconds since 1970-01-01 UTC
     */
    @SuppressWarnings("ArrayRecordComponent") // plain bytes, handed over and not compared
    record Entry(long position, long atMillis, byte[] bytes) {}

    /**
     * Adds a record and answers its position. Returns before the record is durable: see {@link #sync}. The bytes are
     * copied.
     *
     * @param atMillis when the host accepted it; decides only when the record is old enough to be dropped
     * @throws IllegalArgumentException if the length is outside 1..{@link #MAX_RECORD_BYTES}
     */
    long append(byte[] buffer, int offset, int length, long atMillis);

    /** Adds a record that fills a whole array. */
    default long append(byte[] bytes, long atMillis) {
        return append(bytes, 0, bytes.length, atMillis);
    }

    /**
     * Begins a new epoch: the next record gets the first position of it. Durable when it returns, and all records before with it. For
     * logs that are restored or moved.
     *
     * @return that position
     */
    long raiseEpoch();

    /** Makes all appended records durable, also against loss of power, and answers {@link #durableEnd}. */
    long sync();

    /** With what the bodies of records are sealed. */
    default Seals seals() {
        return Seals.NONE;
    }

    /** The first position that is still kept. */
    long start();

    /** The position the next record will get. For the writing thread. */
    long end();

    /** All records from {@link #start} to before this position are durable and can be read. For any thread. */
    long durableEnd();

    /**
     * Reads in order from a position up to the durable end. When more becomes durable, the same cursor goes on:
     * {@code hasNext} may turn from false to true.
     *
     * @throws IllegalArgumentException if the position is outside start..durableEnd
     */
    Cursor<Entry> read(long from);

    /** Whether a durable record that is still kept has the position. */
    boolean has(long position);

    /**
     * One record, found quickly.
     *
     * @throws IllegalArgumentException if no durable record has the position
     */
    Entry get(long position);

    /**
     * The first position before another one whose record was accepted later than an instant, when times never fall; that other position
     * when there is none. Looks at few records.
     *
     * @param before at most the durable end
     */
    long firstLater(long atMillis, long before);

    /** The position from which on there are so many durable records, or the {@link #start} when there are fewer. */
    long latest(long records);

    /**
     * Frees room: drops records from the front that were accepted before an instant, as far as that can be done in whole
     * pieces, and answers the new {@link #start}. A record is kept as long as one before it is kept.
     *
     * @param keepFrom this position and all later ones are kept whatever their age: the host still needs them
     */
    long retain(long beforeMillis, long keepFrom);

    /** Makes all appended records durable and lets go of the files. Closing twice does nothing. */
    @Override
    void close();
}
