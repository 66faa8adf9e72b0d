package dev.forestall.embedded;

import dev.forestall.embedded.RocksTables.Table;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** Reads a store's tables: as they are, or as they were at one commit. The store closes what is left open. */
final class RocksView implements StateStore.Snapshot {

    private final RocksTables tables;
    private final Set<RocksCursor<?>> cursors;
    private final Set<RocksView> snapshots;

    /** Null when it shows what is there now. */
    private final @Nullable Snapshot snapshot;

    private final @Nullable ReadOptions options;
    /** Of the generation that was live then; null when it shows what is there now. */
    private final @Nullable ColumnFamilyHandle subjects;

    private final int generation;
    private volatile boolean isClosed;

    private RocksView(
            RocksTables tables,
            Set<RocksCursor<?>> cursors,
            Set<RocksView> snapshots,
            @Nullable Snapshot snapshot,
            @Nullable ReadOptions options,
            @Nullable ColumnFamilyHandle subjects,
            int generation) {
        this.tables = tables;
        this.cursors = cursors;
        this.snapshots = snapshots;
        this.snapshot = snapshot;
        this.options = options;
        this.subjects = subjects;
        this.generation = generation;
    }

    /**
     * What is there now.
     *
     * @param cursors the store's cursors, to which those of this view add themselves
     */
    static RocksView now(RocksTables tables, Set<RocksCursor<?>> cursors) {
        return new RocksView(tables, cursors, ConcurrentHashMap.newKeySet(), null, null, null, 0);
    }

    /**
     * What is there at this moment.
     *
     * @param snapshots the store's, to which this one adds itself until it is closed
     */
    static RocksView asOfNow(RocksTables tables, Set<RocksCursor<?>> cursors, Set<RocksView> snapshots) {
        while (true) {
            var snapshot = tables.database().getSnapshot();
            var options = new ReadOptions().setSnapshot(snapshot);
            try {
                int generation = tables.live(options);
                var subjects = tables.hold(generation);
                if (subjects != null) {
                    var view = new RocksView(tables, cursors, snapshots, snapshot, options, subjects, generation);
                    snapshots.add(view);
                    return view;
                }
                // It has just been let go, so another one is live by now.
                release(tables, snapshot, options);
            } catch (RocksDBException e) {
                release(tables, snapshot, options);
                throw RocksStateStore.failed("can't be read", e);
            }
        }
    }

    private static void release(RocksTables tables, Snapshot snapshot, ReadOptions options) {
        options.close();
        tables.database().releaseSnapshot(snapshot);
        snapshot.close();
    }

    @Override
    public Optional<StateStore.Saved> get(byte[] subject) {
        var table = subjects == null ? tables.handle(Table.SUBJECTS) : subjects;
        return Optional.ofNullable(value(table, subject)).map(RocksKeys::saved);
    }

    @Override
    public Cursor<StateStore.Effect> effects(long fromPosition) {
        return cursor(
                tables.handle(Table.EFFECTS), RocksKeys.number(fromPosition), RocksKeys.NOTHING, RocksKeys::effect);
    }

    @Override
    public Cursor<StateStore.Effect> effects(long position, byte[] subject) {
        var prefix = RocksKeys.effects(position, subject);
        return cursor(tables.handle(Table.EFFECTS), prefix, RocksKeys.behind(prefix), RocksKeys::effect);
    }

    @Override
    public Optional<byte[]> effect(long position, byte[] subject, int index) {
        return Optional.ofNullable(value(Table.EFFECTS, RocksKeys.effect(position, subject, index)));
    }

    @Override
    public Cursor<Long> inputs(byte[] subject, long fromPosition) {
        var prefix = RocksKeys.ended(subject);
        var from = RocksKeys.input(subject, fromPosition);
        var runs = cursor(tables.handle(Table.INPUTS), from, RocksKeys.behind(prefix), RocksKeys::inputs);
        // A run that begins before the position can go on behind it; before 0 there is none.
        return new InputsCursor(fromPosition == 0 ? runs : runs.backTo(from, prefix), fromPosition);
    }

    @Override
    public Optional<byte[]> node(byte[] identifier) {
        return Optional.ofNullable(value(Table.NODES, identifier));
    }

    @Override
    public long position() {
        var value = value(Table.DEFAULT, RocksKeys.POSITION);
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    @Override
    public Optional<byte[]> named(String name) {
        return Optional.ofNullable(value(Table.DEFAULT, RocksKeys.named(name)));
    }

    private byte @Nullable [] value(Table table, byte[] key) {
        return value(tables.handle(table), key);
    }

    byte @Nullable [] value(ColumnFamilyHandle table, byte[] key) {
        requireOpen();
        try {
            return options == null
                    ? tables.database().get(table, key)
                    : tables.database().get(table, options, key);
        } catch (RocksDBException e) {
            throw RocksStateStore.failed("can't be read", e);
        }
    }

    <T> RocksCursor<T> cursor(ColumnFamilyHandle table, byte[] from, byte[] end, RocksCursor.Decoding<T> decoding) {
        requireOpen();
        return new RocksCursor<>(tables, table, from, end, snapshot, decoding, cursors);
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the view of the store is closed");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        if (snapshot != null && options != null && snapshots.remove(this)) {
            release(tables, snapshot, options);
            tables.release(generation);
        }
    }
}
