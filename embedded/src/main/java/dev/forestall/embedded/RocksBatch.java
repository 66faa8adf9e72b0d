package dev.forestall.embedded;

import dev.forestall.embedded.RocksTables.Table;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import java.util.EnumMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Gathers changes, table by table, and hands them to RocksDB as one batch. */
final class RocksBatch implements StateStore.Batch {

    private final WriteBatch batch = new WriteBatch();
    private final EnumMap<Table, RocksChanges> changes = new EnumMap<>(Table.class);
    /** By generation, changes of those that were named. */
    private final SortedMap<Integer, EnumMap<Table, RocksChanges>> named = new TreeMap<>();

    private long earliestWake = StateStore.NEVER;
    private int newLive = SAME;

    /** The live generation stays. */
    static final int SAME = -1;

    private RocksChanges of(Table table) {
        return changes.computeIfAbsent(table, unused -> new RocksChanges());
    }

    private RocksBatch set(Table table, byte[] key, byte[] value) {
        of(table).set(key, value);
        return this;
    }

    private RocksBatch delete(Table table, byte[] key) {
        of(table).delete(key);
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
    public RocksBatch put(int generation, byte[] subject, Saved saved, long wakeBefore) {
        var tables = named.computeIfAbsent(generation, unused -> new EnumMap<>(Table.class));
        var subjects = tables.computeIfAbsent(Table.SUBJECTS, unused -> new RocksChanges());
        var wakes = tables.computeIfAbsent(Table.WAKES, unused -> new RocksChanges());
        if (saved.state().length == 0) {
            subjects.delete(subject.clone());
        } else {
            subjects.set(subject.clone(), RocksKeys.saved(saved));
        }
        if (saved.wakeMillis() != wakeBefore) {
            if (wakeBefore != StateStore.NEVER) {
                wakes.delete(RocksKeys.wake(wakeBefore, subject));
            }
            if (saved.wakeMillis() != StateStore.NEVER) {
                wakes.set(RocksKeys.wake(saved.wakeMillis(), subject), RocksKeys.NOTHING);
            }
        }
        return this;
    }

    @Override
    public RocksBatch live(int generation) {
        newLive = generation;
        return set(Table.DEFAULT, RocksKeys.GENERATION, RocksKeys.generation(generation));
    }

    /** The generation that it makes the live one, or {@link #SAME}. */
    int newLive() {
        return newLive;
    }

    @Override
    public RocksBatch remove(byte[] subject, long wakeBefore) {
        delete(Table.SUBJECTS, subject.clone());
        endWake(subject, wakeBefore);
        var all = RocksKeys.ended(subject);
        of(Table.INPUTS).deleteRange(all, RocksKeys.behind(all));
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
    public RocksBatch node(byte[] identifier, byte[] value) {
        return set(Table.NODES, identifier.clone(), value.clone());
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
        batch.clear();
        for (var entry : changes.entrySet()) {
            entry.getValue().writeTo(batch, tables.handle(entry.getKey()));
        }
        for (var generation : named.entrySet()) {
            for (var entry : generation.getValue().entrySet()) {
                entry.getValue().writeTo(batch, tables.handle(entry.getKey(), generation.getKey()));
            }
        }
        return batch;
    }

    void clear() {
        changes.values().forEach(RocksChanges::clear);
        named.clear();
        newLive = SAME;
        batch.clear();
        earliestWake = StateStore.NEVER;
    }

    @Override
    public void close() {
        batch.close();
    }
}
