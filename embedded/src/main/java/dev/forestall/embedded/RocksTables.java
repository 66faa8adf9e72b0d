package dev.forestall.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * The database, open, with its tables, those of subjects and wake-ups once per generation, and all that it holds outside the Java heap, given back in the opposite order.
 *
 * <p>Memory is bounded: read blocks, indexes, filters and unwritten changes share one cache, of which unwritten changes
 * take at most half. Small write buffers, because sorted batches insert faster into a small one, which stays in the
 * processor's cache.
 */
final class RocksTables implements AutoCloseable {

    /** One table of the database each. */
    enum Table {
        /** Position and named values; RocksDB insists on a table of this name. */
        DEFAULT,
        SUBJECTS,
        WAKES,
        EFFECTS,
        INPUTS,
        NODES;

        /** Whether there is one in each generation. */
        boolean isOfGenerations() {
            return this == SUBJECTS || this == WAKES;
        }

        private String storedName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private byte[] storedName(int generation) {
            return (storedName() + "-" + generation).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final long MIB = 1 << 20;

    private final Deque<AbstractNativeReference> toClose = new ArrayDeque<>();
    private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
    /** By generation, its tables. Read by any thread. */
    private final ConcurrentSkipListMap<Integer, Map<Table, ColumnFamilyHandle>> generations =
            new ConcurrentSkipListMap<>();

    /** By generation, how many read it as it was. */
    private final Map<Integer, Integer> held = new TreeMap<>();

    /** By generation, tables that are gone, but for those who still read them. */
    private final Map<Integer, Map<Table, ColumnFamilyHandle>> dropped = new TreeMap<>();

    private final Map<Table, ColumnFamilyOptions> options = new EnumMap<>(Table.class);
    private final RocksDB database;
    private volatile int live;

    RocksTables(Path path, long memoryBytes) throws RocksDBException {
        try {
            Cache cache = keep(new LRUCache(memoryBytes));
            for (var table : Table.values()) {
                options.put(table, tableOptions(table, memoryBytes, cache));
            }
            var known = known(path);
            var descriptors = new ArrayList<ColumnFamilyDescriptor>();
            for (var table : Table.values()) {
                if (!table.isOfGenerations()) {
                    descriptors.add(descriptor(table, table.storedName().getBytes(StandardCharsets.UTF_8)));
                }
            }
            for (int generation : known) {
                descriptors.add(descriptor(Table.SUBJECTS, Table.SUBJECTS.storedName(generation)));
                descriptors.add(descriptor(Table.WAKES, Table.WAKES.storedName(generation)));
            }
            var opened = new ArrayList<ColumnFamilyHandle>();
            database = keep(RocksDB.open(databaseOptions(memoryBytes, cache), path.toString(), descriptors, opened));
            var next = opened.iterator();
            for (var table : Table.values()) {
                if (!table.isOfGenerations()) {
                    handles.put(table, keep(next.next()));
                }
            }
            for (int generation : known) {
                generations.put(generation, Map.of(Table.SUBJECTS, next.next(), Table.WAKES, next.next()));
            }
            live = generation(database.get(handle(Table.DEFAULT), RocksKeys.GENERATION));
        } catch (RocksDBException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The generations that the database has; a crash may have left half of one. A new database has the first one. */
    private static SortedSet<Integer> known(Path path) throws RocksDBException {
        var known = new TreeSet<Integer>();
        if (Files.exists(path.resolve("CURRENT"))) {
            try (var options = new Options()) {
                for (var name : RocksDB.listColumnFamilies(options, path.toString())) {
                    var text = new String(name, StandardCharsets.UTF_8);
                    var dash = text.indexOf('-');
                    if (dash >= 0) {
                        known.add(Integer.parseInt(text.substring(dash + 1)));
                    }
                }
            }
        }
        if (known.isEmpty()) {
            known.add(0);
        }
        return known;
    }

    private ColumnFamilyDescriptor descriptor(Table table, byte[] name) {
        return new ColumnFamilyDescriptor(name, Objects.requireNonNull(options.get(table)));
    }

    int live() {
        return live;
    }

    /** As {@link #live()}, at one commit. */
    int live(ReadOptions asOf) throws RocksDBException {
        return generation(database.get(handle(Table.DEFAULT), asOf, RocksKeys.GENERATION));
    }

    private static int generation(byte @Nullable [] stored) {
        return stored == null ? 0 : ByteBuffer.wrap(stored).getInt();
    }

    /** The subjects of a generation, to be read until they are released, even if it is dropped meanwhile; null when it was before. */
    synchronized @Nullable ColumnFamilyHandle hold(int generation) {
        var tables = generations.get(generation);
        if (tables == null) {
            return null;
        }
        held.merge(generation, 1, Integer::sum);
        return tables.get(Table.SUBJECTS);
    }

    synchronized void release(int generation) {
        held.compute(generation, (number, holders) -> holders == null || holders == 1 ? null : holders - 1);
        if (!held.containsKey(generation)) {
            letGo(dropped.remove(generation));
        }
    }

    /** A batch has made another generation the live one. */
    void isLive(int generation) {
        live = generation;
    }

    SortedSet<Integer> generations() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(generations.keySet()));
    }

    void begin(int generation) throws RocksDBException {
        drop(generation);
        var subjects = database.createColumnFamily(descriptor(Table.SUBJECTS, Table.SUBJECTS.storedName(generation)));
        var wakes = database.createColumnFamily(descriptor(Table.WAKES, Table.WAKES.storedName(generation)));
        generations.put(generation, Map.of(Table.SUBJECTS, subjects, Table.WAKES, wakes));
    }

    synchronized void drop(int generation) throws RocksDBException {
        var tables = generations.remove(generation);
        if (tables == null) {
            return;
        }
        for (var handle : tables.values()) {
            database.dropColumnFamily(handle);
        }
        if (held.containsKey(generation)) {
            dropped.put(generation, tables);
        } else {
            letGo(tables);
        }
    }

    private static void letGo(@Nullable Map<Table, ColumnFamilyHandle> tables) {
        if (tables != null) {
            tables.values().forEach(ColumnFamilyHandle::close);
        }
    }

    private DBOptions databaseOptions(long memoryBytes, Cache cache) {
        return keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWriteBufferManager(keep(new WriteBufferManager(memoryBytes / 2, cache)))
                // After a loss of power: the longest run of whole commits, never one with a hole in it.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(Math.max(memoryBytes, 32 * MIB))
                // A synced write to a file that does not grow takes half the time.
                .setRecycleLogFileNum(4)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(512)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(3)
                .setMaxLogFileSize(MIB)
                // No statistics on a timer: an idle host is to be idle.
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true);
    }

    private ColumnFamilyOptions tableOptions(Table table, long memoryBytes, Cache cache) {
        var blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        var options = keep(table == Table.WAKES ? withoutTraces() : new ColumnFamilyOptions())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                // A sixteenth, so that the first piece of each table's buffer does not already fill the share of all.
                .setWriteBufferSize(Math.min(memoryBytes / 16, 8 * MIB))
                .setMaxWriteBufferNumber(4)
                .setTargetFileSizeBase(16 * MIB)
                .setMaxBytesForLevelBase(64 * MIB);
        switch (table) {
            // Most subjects and identifiers that are looked up and not found are new: the filter says so without a
            // read.
            case SUBJECTS, NODES -> blocks.setFilterPolicy(keep(new BloomFilter(10)));
            // Much of it, seldom read.
            case EFFECTS, INPUTS -> options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
            case WAKES, DEFAULT -> {}
        }
        return options.setTableFormatConfig(blocks);
    }

    /**
     * Passed wake-ups leave only traces of deletion, through which a search for due ones would wade; where there are many,
     * they are compacted away. This can be set only by way of another kind of options.
     */
    private static ColumnFamilyOptions withoutTraces() {
        try (var collector = TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(4_096, 2_048, 0);
                var options = new Options()) {
            options.setTablePropertiesCollectorFactory(List.of(collector));
            return new ColumnFamilyOptions(options);
        }
    }

    private <T extends AbstractNativeReference> T keep(T resource) {
        toClose.push(resource);
        return resource;
    }

    RocksDB database() {
        return database;
    }

    /** A table; of those of generations, the live one. */
    ColumnFamilyHandle handle(Table table) {
        return handle(table, live);
    }

    ColumnFamilyHandle handle(Table table, int generation) {
        var tables = table.isOfGenerations() ? generations.get(generation) : handles;
        var handle = tables == null ? null : tables.get(table);
        if (handle == null) {
            throw new IllegalStateException("the table " + table + " of generation " + generation + " is not open");
        }
        return handle;
    }

    @Override
    public void close() {
        generations.values().forEach(tables -> tables.values().forEach(AbstractNativeReference::close));
        generations.clear();
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
    }
}
