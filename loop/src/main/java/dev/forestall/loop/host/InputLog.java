package dev.forestall.loop.host;

/**
 * All inputs a host has accepted, in the order of acceptance. An input is acknowledged when this log has it durably;
 * states, wake-ups and effects follow behind and can be worked out again by reading it.
 *
 * <p>Positions are dense: the first record ever is 0, the next 1, and so on; a position is never used again. One thread
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

    /** Makes all appended records durable, also against loss of power, and answers {@link #durableEnd}. */
    long sync();

    /** The first position that is still kept. */
    long start();

    /** The position the next record will get. For the writing thread. */
    long end();

    /** All positions from {@link #start} to before this one are durable and can be read. For any thread. */
    long durableEnd();

    /**
     * Reads in order from a position up to the durable end. When more becomes durable, the same cursor goes on:
     * {@code hasNext} may turn from false to true.
     *
     * @throws IllegalArgumentException if the position is outside start..durableEnd
     */
    Cursor<Entry> read(long from);

    /**
     * One record, found quickly.
     *
     * @throws IllegalArgumentException if the position is outside start..durableEnd-1
     */
    Entry get(long position);

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
