package dev.forestall.embedded;

import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.KeyedHash;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Seals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The names of all subjects, their numbers and their keys; the one place where they are. All else that lies on the disk knows subjects by
 * number and is sealed with their keys, so that who is taken out of here can be read nowhere any more, not even in an old backup of the
 * rest. Keep it apart from other backups, and for a short time.
 *
 * <p>A body is sealed by AES-128 in counter mode. What a log or a store holds is found to be whole by checksums, so there is no mark of
 * authenticity. Any thread may use it.
 */
final class KeyRing implements Seals, AutoCloseable {

    static final int KEY_BYTES = 16;

    /** Numbers are taken in stretches, noted before: one that was given and lost is never given again. */
    private static final long STRETCH = 1 << 16;

    /** So many names are kept in memory, in each of two generations. */
    private static final int KEPT = 1 << 17;

    /** So many keys are kept ready, each in about a kilobyte. */
    private static final int READY = 1 << 14;

    private static final int STRIPES = 1 << 6;
    private static final int AES_BLOCK = 16;

    private final KeyTable table;
    private final SecureRandom random = new SecureRandom();
    private final KeyedHash hash;
    private volatile EffectNames effectNames;
    private final AtomicLong nonces;
    private final Ready[] ready = new Ready[STRIPES];

    /** Those that the table does not have yet, by name, and by number. */
    private final Map<Name, Entry> fresh = new LinkedHashMap<>();

    private final Map<Long, Entry> freshNumbers = new HashMap<>();

    private volatile Map<Name, Entry> young = new ConcurrentHashMap<>();
    private volatile Map<Name, Entry> old = new ConcurrentHashMap<>();
    private volatile Map<Long, Entry> youngNumbers = new ConcurrentHashMap<>();
    private volatile Map<Long, Entry> oldNumbers = new ConcurrentHashMap<>();

    private final byte[] drawn = new byte[KEY_BYTES * 256];
    private int drawnLeft;
    private long next;
    private long limit;
    private volatile boolean isFresh;

    /** How often something was erased. Written with the lock of this. */
    private volatile int erasures;

    /** A subject as a key of stores. */
    private static final class Name {
        final byte[] bytes;
        private final int hash;

        Name(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && Arrays.equals(bytes, name.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** What is known of a subject. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(long number, byte[] key, byte[] name) {}

    /** Ciphers that have taken in a key: each at the only place where it may be. */
    private static final class Ready {
        final long[] numbers = new long[READY / STRIPES];
        final @Nullable Cipher[] ciphers = new @Nullable Cipher[READY / STRIPES];
        byte[] counters = new byte[1 << 10];
        byte[] stream = new byte[1 << 10];
    }

    private KeyRing(KeyTable table) {
        this.table = table;
        this.hash = new KeyedHash(table.own(KeyTable.HASH));
        this.effectNames = table.effectNames();
        this.next = table.limit();
        this.limit = next;
        this.nonces = new AtomicLong(random.nextLong());
        for (int i = 0; i < STRIPES; i++) {
            ready[i] = new Ready();
        }
    }

    /**
     * Opens the ring in a folder, or makes one.
     *
     * @param hasOwnNames whether effects get names that nobody can guess; else, in a ring that is new, those of the published secret
     */
    static KeyRing open(Path folder, boolean hasOwnNames) {
        KeyTable table = KeyTable.open(folder);
        try {
            if (!table.hasOwn()) {
                SecureRandom random = new SecureRandom();
                byte[] forHashes = new byte[KeyedHash.BYTES];
                byte[] forEffects = new byte[KeyedHash.BYTES];
                random.nextBytes(forHashes);
                random.nextBytes(forEffects);
                table.begin(forHashes, hasOwnNames ? forEffects : EffectNames.publishedSecret());
            }
            return new KeyRing(table);
        } catch (RuntimeException failed) {
            table.close();
            throw failed;
        }
    }

    /** The names under which those outside know effects. */
    EffectNames effectNames() {
        return effectNames;
    }

    /** Gives effects names from a position on that nobody has given before, here or elsewhere. */
    void nameAnew(long fromPosition) {
        byte[] secret = new byte[KeyedHash.BYTES];
        random.nextBytes(secret);
        table.nameFrom(fromPosition, secret);
        effectNames = effectNames.from(fromPosition, secret);
    }

    @Override
    public long number(SubjectId subject) {
        return of(Keys.of(subject)).number;
    }

    /** The entry of a subject, who gets one when there is none. */
    Entry of(byte[] subject) {
        Name name = new Name(subject);
        Entry known = known(name);
        return known != null ? known : make(name);
    }

    /** The entry of a subject, or null. */
    @Nullable
    Entry find(byte[] subject) {
        return known(new Name(subject));
    }

    private @Nullable Entry known(Name name) {
        Entry entry = young.get(name);
        if (entry != null) {
            return entry;
        }
        entry = old.get(name);
        if (entry == null && isFresh) {
            synchronized (this) {
                entry = fresh.get(name);
            }
        }
        if (entry == null) {
            int before = erasures;
            entry = table.find(hash.of(name.bytes), name.bytes);
            if (entry != null) {
                keep(name, entry);
                if (before != erasures) {
                    // Perhaps erased in the meantime: then it must not be remembered.
                    forget(entry);
                    return known(name);
                }
            }
        } else {
            keep(name, entry);
        }
        return entry;
    }

    private synchronized Entry make(Name name) {
        Entry known = known(name);
        if (known != null) {
            return known;
        }
        if (next == limit) {
            limit += STRETCH;
            table.limit(limit);
        }
        if (drawnLeft == 0) {
            random.nextBytes(drawn);
            drawnLeft = drawn.length;
        }
        drawnLeft -= KEY_BYTES;
        Entry entry =
                new Entry(next++, Arrays.copyOfRange(drawn, drawnLeft, drawnLeft + KEY_BYTES), name.bytes.clone());
        fresh.put(new Name(entry.name), entry);
        freshNumbers.put(entry.number, entry);
        isFresh = true;
        keep(name, entry);
        return entry;
    }

    private void keep(Name name, Entry entry) {
        if (young.size() >= KEPT) {
            synchronized (this) {
                if (young.size() >= KEPT) {
                    old = young;
                    young = new ConcurrentHashMap<>();
                }
            }
        }
        young.put(new Name(entry.name), entry);
    }

    /** The entry under a number, or null when it was erased. */
    @Nullable
    Entry of(long number) {
        Entry entry = youngNumbers.get(number);
        if (entry != null) {
            return entry;
        }
        entry = oldNumbers.get(number);
        if (entry == null && isFresh) {
            synchronized (this) {
                entry = freshNumbers.get(number);
            }
        }
        if (entry == null) {
            int before = erasures;
            entry = table.find(number);
            if (entry != null) {
                keep(entry);
                if (before != erasures) {
                    forget(entry);
                    return of(number);
                }
            }
        } else {
            keep(entry);
        }
        return entry;
    }

    private void keep(Entry entry) {
        if (youngNumbers.size() >= KEPT) {
            synchronized (this) {
                if (youngNumbers.size() >= KEPT) {
                    oldNumbers = youngNumbers;
                    youngNumbers = new ConcurrentHashMap<>();
                }
            }
        }
        youngNumbers.put(entry.number, entry);
    }

    /** Unlike for each subject of its own: they are counted on from a place that nobody knows. */
    @Override
    public long nonce() {
        return nonces.getAndIncrement();
    }

    @Override
    public boolean turn(long number, long nonce, byte[] bytes, int from) {
        Entry entry = of(number);
        if (entry != null) {
            turn(entry, nonce, bytes, from);
        }
        return entry != null;
    }

    void turn(Entry entry, long nonce, byte[] bytes, int from) {
        int length = bytes.length - from;
        if (length <= 0) {
            return;
        }
        Ready stripe = ready[(int) (entry.number % STRIPES)];
        int place = (int) (entry.number / STRIPES % stripe.numbers.length);
        synchronized (stripe) {
            int blocks = (length + AES_BLOCK - 1) / AES_BLOCK;
            boolean isLong = blocks * AES_BLOCK > stripe.stream.length;
            byte[] stream = isLong ? new byte[blocks * AES_BLOCK] : stripe.stream;
            byte[] places = isLong ? new byte[blocks * AES_BLOCK] : stripe.counters;
            ByteBuffer counters = ByteBuffer.wrap(places);
            for (int i = 0; i < blocks; i++) {
                counters.putLong(nonce).putLong(i);
            }
            try {
                cipher(stripe, place, entry).update(places, 0, blocks * AES_BLOCK, stream, 0);
            } catch (GeneralSecurityException failed) {
                throw new IllegalStateException("the platform's AES does not work", failed);
            }
            for (int i = 0; i < length; i++) {
                bytes[from + i] ^= stream[i];
            }
        }
    }

    /** To take in a key takes several times longer than to turn a few hundred bytes. */
    private static Cipher cipher(Ready stripe, int place, Entry entry) throws GeneralSecurityException {
        Cipher cipher = stripe.ciphers[place];
        if (cipher == null) {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            stripe.ciphers[place] = cipher;
            stripe.numbers[place] = NOBODY;
        }
        if (stripe.numbers[place] != entry.number) {
            stripe.numbers[place] = NOBODY;
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(entry.key, "AES"));
            stripe.numbers[place] = entry.number;
        }
        return cipher;
    }

    /** Makes all keys durable. What is sealed with them may be written only then. */
    void sync() {
        if (!isFresh) {
            return;
        }
        synchronized (this) {
            table.add(fresh.values(), entry -> hash.of(entry.name));
            fresh.clear();
            freshNumbers.clear();
            isFresh = false;
        }
    }

    /** Those who are being erased, and why, when a crash came in between; empty when nobody is. */
    SequencedMap<Long, String> erasing() {
        return table.erasing();
    }

    /** Notes that some are to be erased, so that it is gone on with after a crash. */
    void begin(List<Long> numbers, String because) {
        sync();
        table.beginErasing(numbers, because);
    }

    /** Deletes names and keys for good: from memory, and from the files. */
    synchronized void erase(List<Long> numbers) {
        sync();
        List<Entry> entries = new ArrayList<>();
        for (long number : numbers) {
            Entry entry = table.find(number);
            if (entry != null) {
                entries.add(entry);
            }
        }
        table.erase(numbers, entries.stream().map(entry -> hash.of(entry.name)).toList());
        // In this order: whoever reads meanwhile either finds nothing any more, or sees that something was erased.
        erasures++;
        entries.forEach(this::forget);
    }

    private void forget(Entry entry) {
        Name name = new Name(entry.name);
        young.remove(name);
        old.remove(name);
        youngNumbers.remove(entry.number);
        oldNumbers.remove(entry.number);
        Ready stripe = ready[(int) (entry.number % STRIPES)];
        synchronized (stripe) {
            int place = (int) (entry.number / STRIPES % stripe.numbers.length);
            stripe.ciphers[place] = null;
        }
    }

    /** Shows every subject, in the order of their numbers. */
    void forEach(Consumer<Entry> each) {
        sync();
        table.forEach(each);
    }

    /** The keyed hashes of all names that were ever erased here. */
    List<byte[]> erased() {
        return table.erased();
    }

    /** Writes everything into one file, to be kept apart. */
    void backup(Path file) throws IOException {
        sync();
        table.backup(file);
    }

    /** Notes that whoever is on a later list of those erased is to be erased again. */
    void eraseAgain(List<byte[]> hashes) {
        List<Long> numbers =
                hashes.stream().map(table::number).flatMap(Optional::stream).toList();
        if (!numbers.isEmpty()) {
            begin(numbers, "erased before, and again after a restore");
        }
    }

    @Override
    public void close() {
        try {
            sync();
        } finally {
            table.close();
        }
    }
}
