package dev.forestall.embedded;

import dev.forestall.embedded.RocksTables.Table;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/** Keeps state in a RocksDB database in a directory, laid out as {@link RocksKeys} says. */
public final class RocksStateStore implements StateStore {

    private final RocksTables tables;
    private final WriteOptions writeOptions;
    private final Set<RocksCursor<?>> cursors = ConcurrentHashMap.newKeySet();
    private final Set<RocksView> snapshots = ConcurrentHashMap.newKeySet();
    private final RocksView now;
    private volatile WakeFloor wakeFloor = new WakeFloor();
    private volatile boolean closed;

    private RocksStateStore(RocksTables tables, Durability durability) {
        this.tables = tables;
        this.now = RocksView.now(tables, cursors);
        this.writeOptions = new WriteOptions().setSync(durability == Durability.POWER);
    }

    /** Opens the store in a directory; creates both when there is none. The caller holds the directory's lock. */
    static RocksStateStore open(Path path, StateOptions options) {
        try {
            Folder.create(path);
            RocksLibrary.load(path);
            return new RocksStateStore(new RocksTables(path, options.memoryBytes()), options.durability());
        } catch (IOException e) {
            throw EmbeddedError.STATE_FAILED.because(
                    "the state in %s can't be opened: %s. Make the directory writable, then restart."
                            .formatted(path, e),
                    e);
        } catch (RocksDBException e) {
            throw failed("in " + path + " can't be opened", e);
        }
    }

    @Override
    public Optional<Saved> get(byte[] subject) {
        requireOpen();
        return now.get(subject);
    }

    @Override
    public Cursor<Subject> subjects(byte[] prefix) {
        return subjects(tables.live(), prefix);
    }

    @Override
    public int generation() {
        requireOpen();
        return tables.live();
    }

    @Override
    public SortedSet<Integer> generations() {
        requireOpen();
        return tables.generations();
    }

    @Override
    public void beginGeneration(int generation) {
        requireNotLive(generation);
        try {
            tables.begin(generation);
        } catch (RocksDBException e) {
            throw failed("can't be written", e);
        }
    }

    @Override
    public void dropGeneration(int generation) {
        requireNotLive(generation);
        try {
            tables.drop(generation);
        } catch (RocksDBException e) {
            throw failed("can't be written", e);
        }
    }

    private void requireNotLive(int generation) {
        requireOpen();
        if (generation == tables.live()) {
            throw new IllegalArgumentException("generation " + generation + " is the live one");
        }
    }

    @Override
    public Optional<Saved> get(int generation, byte[] subject) {
        requireOpen();
        return Optional.ofNullable(now.value(tables.handle(Table.SUBJECTS, generation), subject))
                .map(RocksKeys::saved);
    }

    @Override
    public Cursor<Subject> subjects(int generation, byte[] prefix) {
        requireOpen();
        return now.cursor(
                tables.handle(Table.SUBJECTS, generation),
                prefix,
                RocksKeys.behind(prefix),
                (key, value) -> new Subject(key, RocksKeys.saved(value)));
    }

    @Override
    public Statistics statistics(byte[] prefix) {
        long subjects = 0;
        long keyBytes = 0;
        long stateBytes = 0;
        try (var all = subjects(prefix)) {
            while (all.hasNext()) {
                var subject = all.next();
                subjects++;
                keyBytes += subject.key().length;
                stateBytes += subject.saved().state().length;
            }
        }
        return new Statistics(subjects, keyBytes, stateBytes);
    }

    @Override
    public List<Wake> due(long untilMillis, int limit) {
        return wakeFloor.due(untilMillis, limit, this::wakes);
    }

    private List<Wake> wakes(long fromMillis, long untilMillis, int limit) {
        requireOpen();
        return wakes(tables.handle(Table.WAKES), fromMillis, untilMillis, limit);
    }

    private List<Wake> wakes(ColumnFamilyHandle of, long fromMillis, long untilMillis, int limit) {
        var end = untilMillis == NEVER ? NEVER : untilMillis + 1;
        var due = new ArrayList<Wake>();
        try (var wakes = now.cursor(
                of,
                RocksKeys.wake(fromMillis, RocksKeys.NOTHING),
                RocksKeys.wake(end, RocksKeys.NOTHING),
                (key, value) -> RocksKeys.wake(key))) {
            while (due.size() < limit && wakes.hasNext()) {
                due.add(wakes.next());
            }
        }
        return due;
    }

    @Override
    public List<Wake> dueIn(int generation, long untilMillis) {
        requireOpen();
        return wakes(tables.handle(Table.WAKES, generation), Long.MIN_VALUE, untilMillis, Integer.MAX_VALUE);
    }

    @Override
    public Cursor<Effect> effects(long fromPosition) {
        requireOpen();
        return now.effects(fromPosition);
    }

    @Override
    public Cursor<Effect> effects(long position, byte[] subject) {
        requireOpen();
        return now.effects(position, subject);
    }

    @Override
    public Optional<byte[]> effect(long position, byte[] subject, int index) {
        requireOpen();
        return now.effect(position, subject, index);
    }

    @Override
    public Cursor<Long> inputs(byte[] subject, long fromPosition) {
        requireOpen();
        return now.inputs(subject, fromPosition);
    }

    @Override
    public Optional<byte[]> node(byte[] identifier) {
        requireOpen();
        return now.node(identifier);
    }

    @Override
    public long position() {
        requireOpen();
        return now.position();
    }

    @Override
    public Optional<byte[]> named(String name) {
        requireOpen();
        return now.named(name);
    }

    @Override
    public Snapshot snapshot() {
        requireOpen();
        return RocksView.asOfNow(tables, cursors, snapshots);
    }

    private <T> RocksCursor<T> cursor(Table table, byte[] from, byte[] end, RocksCursor.Decoding<T> decoding) {
        requireOpen();
        return now.cursor(tables.handle(table), from, end, decoding);
    }

    @Override
    public Batch batch() {
        return new RocksBatch();
    }

    @Override
    public void commit(Batch batch) {
        requireOpen();
        var changes = (RocksBatch) batch;
        try {
            tables.database().write(writeOptions, changes.written(tables));
            if (changes.newLive() == RocksBatch.SAME) {
                wakeFloor.lower(changes.earliestWake());
            } else {
                tables.isLive(changes.newLive());
                wakeFloor = new WakeFloor();
            }
            changes.clear();
        } catch (RocksDBException e) {
            throw failed("can't be written", e);
        }
    }

    @Override
    public void sync() {
        requireOpen();
        try {
            tables.database().syncWal();
        } catch (RocksDBException e) {
            throw failed("can't be written", e);
        }
    }

    /** Copies what is committed by now into a folder that is missing. Others may commit meanwhile. */
    void copy(Path into) {
        requireOpen();
        try (var checkpoint = Checkpoint.create(tables.database())) {
            checkpoint.createCheckpoint(into.toString());
        } catch (RocksDBException e) {
            throw failed("can't be copied to " + into, e);
        }
    }

    @Override
    public void retain(long fromPosition) {
        requireOpen();
        try {
            var none = RocksKeys.number(0);
            tables.database().deleteRange(tables.handle(Table.EFFECTS), none, RocksKeys.number(fromPosition));
            dropInputs(fromPosition);
        } catch (RocksDBException e) {
            throw failed("can't be written", e);
        }
    }

    /** Entries are ordered by subject, so all are looked at. Those of new inputs, written meanwhile, stay. */
    private void dropInputs(long fromPosition) throws RocksDBException {
        var handle = tables.handle(Table.INPUTS);
        try (var runs = cursor(Table.INPUTS, RocksKeys.NOTHING, RocksKeys.NOTHING, InputRun::new)) {
            while (runs.hasNext()) {
                var run = runs.next();
                if (run.last() < fromPosition) {
                    tables.database().delete(handle, writeOptions, run.key());
                }
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record InputRun(byte[] key, byte[] value) {

        long last() {
            var positions = RocksKeys.inputs(key, value);
            return positions[positions.length - 1];
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            sync();
        } finally {
            abandon();
        }
    }

    /** Lets go of the files. What was committed is with the operating system, as after the death of the process. */
    void abandon() {
        closed = true;
        List.copyOf(cursors).forEach(RocksCursor::close);
        List.copyOf(snapshots).forEach(RocksView::close);
        writeOptions.close();
        tables.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    static StorageException failed(String what, RocksDBException cause) {
        var status = cause.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return EmbeddedError.STATE_DAMAGED.because(
                    "the state %s: %s. The disk or somebody else changed its files. Restore the whole data directory from a backup; or, if the log still begins at record 0, move the folder of the state away and restart: it is then made again from the log, and effects come out again with the same ids."
                            .formatted(what, cause.getMessage()),
                    cause);
        }
        return EmbeddedError.STATE_FAILED.because(
                "the state %s: %s. Is the disk full, or did it fail? Nothing acknowledged is lost: make room or repair the disk, then restart."
                        .formatted(what, cause.getMessage()),
                cause);
    }
}
