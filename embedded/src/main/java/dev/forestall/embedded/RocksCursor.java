package dev.forestall.embedded;

import dev.forestall.loop.host.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Walks through a range of one table, as it was when the cursor was opened. The store closes those left open. */
final class RocksCursor<T> implements Cursor<T> {

    /** Makes something of an entry. */
    interface Decoding<T> {
        T of(byte[] key, byte[] value);
    }

    private final Decoding<T> decoding;
    private final RocksIterator iterator;
    private final List<AbstractNativeReference> toClose;
    private final Set<RocksCursor<?>> open;

    /**
     * Stands before the first key at or behind {@code from}.
     *
     * @param end the range ends before this key; empty for the end of the table
     * @param asOf of which commit it is; null for the latest
     * @param open the store's cursors, to which this one adds itself until it is closed
     */
    RocksCursor(
            RocksTables tables,
            ColumnFamilyHandle table,
            byte[] from,
            byte[] end,
            @Nullable Snapshot asOf,
            Decoding<T> decoding,
            Set<RocksCursor<?>> open) {
        this.decoding = decoding;
        this.open = open;
        // A walk through much must not push out of the cache what single look-ups need.
        var options = new ReadOptions().setFillCache(false);
        toClose = new ArrayList<>();
        if (asOf != null) {
            options.setSnapshot(asOf);
        }
        if (end.length > 0) {
            var bound = new Slice(end);
            options.setIterateUpperBound(bound);
            toClose.add(bound);
        }
        iterator = tables.database().newIterator(table, options);
        toClose.addFirst(options);
        toClose.addFirst(iterator);
        iterator.seek(from);
        open.add(this);
    }

    /** Goes back to the last key at or before this one, if there is one of the same prefix; else stays. */
    RocksCursor<T> backTo(byte[] key, byte[] prefix) {
        requireOpen();
        iterator.seekForPrev(key);
        if (!iterator.isValid() || !startsWith(iterator.key(), prefix)) {
            iterator.seek(key);
        }
        return this;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && java.util.Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public boolean hasNext() {
        requireOpen();
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw RocksStateStore.failed("can't be read", e);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no entry is left");
        }
        var next = decoding.of(iterator.key(), iterator.value());
        iterator.next();
        return next;
    }

    private void requireOpen() {
        if (!iterator.isOwningHandle()) {
            throw new IllegalStateException("the cursor is closed");
        }
    }

    @Override
    public void close() {
        if (open.remove(this)) {
            toClose.forEach(AbstractNativeReference::close);
        }
    }
}
