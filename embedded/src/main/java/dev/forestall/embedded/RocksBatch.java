package dev.forestall.embedded;

import dev.forestall.embedded.RocksTables.Table;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Gathers changes and hands them to RocksDB sorted by key, which inserts sorted keys about twice as fast as mixed ones.
 * Changes of one key stay in their order.
 */
final class RocksBatch implements StateStore.Batch {

    private final WriteBatch batch = new WriteBatch();
    private final List<Change> changes = new ArrayList<>();
    private boolean isSortable = true;
    private long earliestWake = StateStore.NEVER;

    /**
     * One change of one key.
     *
     * @param value null to delete
     * @param end not null to delete all keys from {@code key} to before it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(Table table, byte[] key, byte @Nullable [] value, byte @Nullable [] end) {

        static final Comparator<Change> ORDER =
                Comparator.comparing(Change::table).thenComparing(Change::key, Arrays::compareUnsigned);
    }

    private RocksBatch set(Table table, byte[] key, byte[] value) {
        changes.add(new Change(table, key, value, null));
        return this;
    }

    private RocksBatch delete(Table table, byte[] key) {
        changes.add(new Change(table, key, null, null));
        return this;
    }

    @Override
    public RocksBatch put(byte[] subject, Saved saved, long wakeBefore) {
        set(Table.SUBJECTS, subject.clone(), RocksKeys.saved(saved));
        if (saved.wakeMillis() != wakeBefore) {
            endWake(subject, wakeBefore);
            if (saved.wakeMillis() != StateStore.NEVER) {
                set(Table.WAKES, RocksKeys.wake(saved.wakeMillis(), subject), RocksKeys.NOTHING);
                earliestWake = Math.min(earliestWake, saved.wakeMillis());
            }
        }
        return this;
    }

    @Override
    public RocksBatch remove(byte[] subject, long wakeBefore) {
        delete(Table.SUBJECTS, subject.clone());
        endWake(subject, wakeBefore);
        var all = RocksKeys.ended(subject);
        changes.add(new Change(Table.INPUTS, all, null, RocksKeys.behind(all)));
        isSortable = false;
        return this;
    }

    private void endWake(byte[] subject, long wakeBefore) {
        if (wakeBefore != StateStore.NEVER) {
            delete(Table.WAKES, RocksKeys.wake(wakeBefore, subject));
        }
    }

    @Override
    public RocksBatch inputs(byte[] subject, long... positions) {
        return set(Table.INPUTS, RocksKeys.input(subject, positions[0]), RocksKeys.laterInputs(positions));
    }

    @Override
    public RocksBatch effect(Effect effect) {
        var key = RocksKeys.effect(effect.position(), effect.subject(), effect.index());
        return set(Table.EFFECTS, key, effect.bytes().clone());
    }

    @Override
    public RocksBatch dropEffect(long position, byte[] subject, int index) {
        return delete(Table.EFFECTS, RocksKeys.effect(position, subject, index));
    }

    @Override
    public RocksBatch position(long position) {
        return set(Table.DEFAULT, RocksKeys.POSITION, RocksKeys.number(position));
    }

    @Override
    public RocksBatch named(String name, byte[] value) {
        return set(Table.DEFAULT, RocksKeys.named(name), value.clone());
    }

    /** The earliest wake-up it sets. */
    long earliestWake() {
        return earliestWake;
    }

    /** All changes as RocksDB wants them; valid until {@link #clear}. */
    WriteBatch written(RocksTables tables) throws RocksDBException {
        if (isSortable) {
            changes.sort(Change.ORDER);
        }
        batch.clear();
        for (var change : changes) {
            var handle = tables.handle(change.table);
            if (change.value != null) {
                batch.put(handle, change.key, change.value);
            } else if (change.end != null) {
                batch.deleteRange(handle, change.key, change.end);
            } else {
                batch.delete(handle, change.key);
            }
        }
        return batch;
    }

    void clear() {
        changes.clear();
        batch.clear();
        isSortable = true;
        earliestWake = StateStore.NEVER;
    }

    @Override
    public void close() {
        batch.close();
    }
}
