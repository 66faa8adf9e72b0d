package dev.forestall.embedded;

import dev.forestall.embedded.KeyRing.Entry;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.StorageException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Where a {@link KeyRing} lies: a small database of its own. Numbers are big-endian.
 *
 * <pre>
 *   'o' | what it is           a secret of the ring, or the first number that was not set apart yet
 *   'o' | 'E' | position       the secret of names of effects from that position on
 *   'h' | keyed hash of name   number
 *   '#' | number               key 16 | name
 *   'e' | number               why it is being erased
 *   'x' | keyed hash of name   nothing: was erased
 * </pre>
 *
 * Names stand in values only, and uncompressed: RocksDB copies keys of rows into files of its own, and what is erased is to be searched for
 * in plain bytes. Any thread may read; writing is for one at a time.
 */
final class KeyTable implements AutoCloseable {

    /** The secret of hashes of names. */
    static final byte[] HASH = {'o', 'H'};

    /** The secret of names of effects. */
    static final byte[] EFFECTS = {'o', 'E'};

    private static final byte[] LIMIT = {'o', 'L'};
    private static final byte[] ALL = {};
    private static final byte[] NUMBERS = {'#'};
    private static final byte[] ERASING = {'e'};
    private static final byte[] ERASED = {'x'};

    private static final long BACKUP_MAGIC = 0x466f7265_4b65790aL; // "ForeKey" and a line feed
    private static final int BACKUP_END = -1;

    private final Options options;
    private final RocksDB database;
    private final WriteOptions synced = new WriteOptions().setSync(true);

    private KeyTable(Options options, RocksDB database) {
        this.options = options;
        this.database = database;
    }

    static KeyTable open(Path folder) {
        Options options = null;
        try {
            Folder.create(folder);
            RocksLibrary.load(folder);
            options = options();
            return new KeyTable(options, RocksDB.open(options, folder.toString()));
        } catch (IOException e) {
            throw EmbeddedError.KEYS_FAILED.because("the keys in " + folder + " can't be opened: " + e, e);
        } catch (RocksDBException e) {
            if (options != null) {
                options.close();
            }
            throw failed(e);
        }
    }

    private static Options options() {
        return new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(4 << 20)
                .setMaxTotalWalSize(8 << 20)
                .setMaxOpenFiles(64)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(3)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    boolean hasOwn() {
        return get(HASH) != null;
    }

    byte[] own(byte[] what) {
        byte[] found = get(what);
        if (found == null) {
            throw EmbeddedError.KEYS_FAILED.because(
                    "the keys of this directory have lost their own secret. Restore the keys from their backup.");
        }
        return found;
    }

    void begin(byte[] forHashes, byte[] forEffects) {
        write(batch -> {
            batch.put(HASH, forHashes);
            batch.put(EFFECTS, forEffects);
            batch.put(LIMIT, number(1));
        });
    }

    /** Gives effects other names from a position on, for good. */
    void nameFrom(long position, byte[] secret) {
        write(batch -> batch.put(
                ByteBuffer.allocate(EFFECTS.length + Long.BYTES)
                        .put(EFFECTS)
                        .putLong(position)
                        .array(),
                secret));
    }

    EffectNames effectNames() {
        EffectNames[] names = {EffectNames.of(own(EFFECTS))};
        scan(EFFECTS, (key, value) -> {
            if (key.length == EFFECTS.length + Long.BYTES && key[1] == EFFECTS[1]) {
                names[0] = names[0].from(ByteBuffer.wrap(key).getLong(EFFECTS.length), value);
            }
        });
        return names[0];
    }

    long limit() {
        return ByteBuffer.wrap(own(LIMIT)).getLong();
    }

    /** Sets numbers before a limit apart, for good. */
    void limit(long limit) {
        write(batch -> batch.put(LIMIT, number(limit)));
    }

    @Nullable
    Entry find(byte[] hash, byte[] name) {
        byte[] number = get(row('h', hash));
        Entry entry = number == null ? null : find(ByteBuffer.wrap(number).getLong());
        return entry != null && Arrays.equals(entry.name(), name) ? entry : null;
    }

    @Nullable
    Entry find(long number) {
        byte[] value = get(row('#', number(number)));
        return value == null ? null : entry(number, value);
    }

    /** The number of whom a hash stands for. */
    Optional<Long> number(byte[] hash) {
        return Optional.ofNullable(get(row('h', hash)))
                .map(bytes -> ByteBuffer.wrap(bytes).getLong());
    }

    private static Entry entry(long number, byte[] value) {
        return new Entry(
                number,
                Arrays.copyOf(value, KeyRing.KEY_BYTES),
                Arrays.copyOfRange(value, KeyRing.KEY_BYTES, value.length));
    }

    /** Adds entries, durably. */
    void add(Collection<Entry> entries, Function<Entry, byte[]> hash) {
        write(batch -> {
            for (Entry entry : entries) {
                byte[] number = number(entry.number());
                batch.put(row('h', hash.apply(entry)), number);
                byte[] value = Arrays.copyOf(entry.key(), KeyRing.KEY_BYTES + entry.name().length);
                System.arraycopy(entry.name(), 0, value, KeyRing.KEY_BYTES, entry.name().length);
                batch.put(row('#', number), value);
            }
        });
    }

    void beginErasing(List<Long> numbers, String because) {
        write(batch -> {
            for (long number : numbers) {
                batch.put(row('e', number(number)), because.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    SequencedMap<Long, String> erasing() {
        SequencedMap<Long, String> found = new LinkedHashMap<>();
        scan(
                ERASING,
                (key, value) -> found.put(
                        ByteBuffer.wrap(key, 1, Long.BYTES).getLong(), new String(value, StandardCharsets.UTF_8)));
        return found;
    }

    /** Deletes rows, and what the files still hold of them. */
    void erase(List<Long> numbers, List<byte[]> hashes) {
        write(batch -> {
            for (long number : numbers) {
                batch.delete(row('#', number(number)));
                batch.delete(row('e', number(number)));
            }
            for (byte[] each : hashes) {
                batch.delete(row('h', each));
                batch.put(row('x', each), new byte[0]);
            }
        });
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions compact = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            database.flush(flush);
            for (long number : numbers) {
                database.compactRange(
                        database.getDefaultColumnFamily(),
                        row('#', number(number)),
                        row('#', number(number + 1)),
                        compact);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    List<byte[]> erased() {
        List<byte[]> found = new ArrayList<>();
        scan(ERASED, (key, value) -> found.add(Arrays.copyOfRange(key, 1, key.length)));
        return found;
    }

    void forEach(Consumer<Entry> each) {
        scan(
                NUMBERS,
                (key, value) ->
                        each.accept(entry(ByteBuffer.wrap(key, 1, Long.BYTES).getLong(), value)));
    }

    /** All rows, one after the other, and a checksum. */
    void backup(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        try (DataOutputStream to = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), crc))) {
            to.writeLong(BACKUP_MAGIC);
            IOException[] failure = new IOException[1];
            scan(ALL, (key, value) -> {
                try {
                    to.writeInt(key.length);
                    to.write(key);
                    to.writeInt(value.length);
                    to.write(value);
                } catch (IOException e) {
                    failure[0] = e;
                }
            });
            if (failure[0] != null) {
                throw failure[0];
            }
            to.writeInt(BACKUP_END);
            to.writeLong(crc.getValue());
        }
        try (DurableFile written = DurableFile.open(file)) {
            written.force();
        }
    }

    /** Fills a folder that holds no keys from a backup. */
    static void restore(Path file, Path folder) throws IOException {
        CRC32C crc = new CRC32C();
        List<byte[]> rows = new ArrayList<>();
        try (DataInputStream from =
                new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), crc))) {
            if (from.readLong() != BACKUP_MAGIC) {
                throw EmbeddedError.KEYS_FAILED.because(file + " is no backup of keys. Nothing was changed.");
            }
            for (int length = from.readInt(); length != BACKUP_END; length = from.readInt()) {
                rows.add(from.readNBytes(length));
                rows.add(from.readNBytes(from.readInt()));
            }
            long expected = crc.getValue();
            if (from.readLong() != expected) {
                throw EmbeddedError.KEYS_FAILED.because(file + " is damaged. Take another backup of the keys.");
            }
        }
        try (KeyTable table = open(folder)) {
            if (table.hasOwn()) {
                throw EmbeddedError.KEYS_FAILED.because(folder + " holds keys already. Nothing was changed.");
            }
            table.write(batch -> {
                for (int i = 0; i < rows.size(); i += 2) {
                    batch.put(rows.get(i), rows.get(i + 1));
                }
            });
        }
    }

    private interface Row {
        void seen(byte[] key, byte[] value);
    }

    private void scan(byte[] prefix, Row each) {
        try (ReadOptions reading = new ReadOptions().setFillCache(false);
                RocksIterator rows = database.newIterator(reading)) {
            for (rows.seek(prefix); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                if (prefix.length > 0 && key[0] != prefix[0]) {
                    break;
                }
                each.seen(key, rows.value());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private interface Change {
        void into(WriteBatch batch) throws RocksDBException;
    }

    private void write(Change change) {
        try (WriteBatch batch = new WriteBatch()) {
            change.into(batch);
            database.write(synced, batch);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private byte @Nullable [] get(byte[] key) {
        try {
            return database.get(key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] row(char kind, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) kind).put(rest).array();
    }

    private static StorageException failed(RocksDBException cause) {
        return EmbeddedError.KEYS_FAILED.because(
                "the keys can't be read or written: " + cause.getMessage()
                        + ". Is the disk full, or did it fail? Nothing acknowledged is lost: make room or repair the disk, then restart.",
                cause);
    }

    @Override
    public void close() {
        synced.close();
        database.close();
        options.close();
    }
}
