package dev.forestall.embedded;

import dev.forestall.embedded.KeyRing.Entry;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.Identifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store in which subjects are known by number, and what is kept of them is sealed with their keys: another store has it, and learns no
 * name. A key of a subject, {@code kind 0 name}, is stored as {@code kind 0 number}; kinds with a colon, such as {@code customer:filed},
 * share the number of the kind before it. A value is stored as {@code nonce 8 | sealed}.
 *
 * <p>What is listed by key comes in the order of numbers, but effects at one position and wake-ups at one instant in the order of names, so
 * that no result depends on who was heard of first. Those who were erased are not listed.
 */
final class SealedStore implements StateStore {

    private static final Comparator<Effect> EFFECTS_IN_ORDER =
            Comparator.comparing(Effect::subject, Arrays::compareUnsigned).thenComparingInt(Effect::index);
    private static final Comparator<Wake> WAKES_IN_ORDER =
            Comparator.comparingLong(Wake::atMillis).thenComparing(Wake::subject, Arrays::compareUnsigned);

    /** What stands before the name of an identifier. */
    private static final byte[] NODE = "identifier ".getBytes(StandardCharsets.UTF_8);

    private static final byte[] TOMBSTONE = Keys.prefix(Tombstone.SUBJECT_KIND);
    private static final int ERASED_TOGETHER = 10_000;

    private final StateStore within;
    private final KeyRing keys;

    SealedStore(StateStore within, KeyRing keys) {
        this.within = within;
        this.keys = keys;
    }

    /** The key and the entry of one subject. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sealed(byte[] key, Entry entry) {}

    private Sealed sealed(byte[] subject) {
        Entry entry = keys.of(owner(subject));
        return new Sealed(key(subject, entry.number()), entry);
    }

    private @Nullable Sealed find(byte[] subject) {
        Entry entry = keys.find(owner(subject));
        return entry == null ? null : new Sealed(key(subject, entry.number()), entry);
    }

    private static byte[] key(byte[] subject, long number) {
        int kind = zero(subject);
        return ByteBuffer.allocate(kind + 1 + Long.BYTES)
                .put(subject, 0, kind)
                .put((byte) 0)
                .putLong(number)
                .array();
    }

    /** The subject whose number and key are used. */
    private static byte[] owner(byte[] subject) {
        int kind = zero(subject);
        int colon = 0;
        while (colon < kind && subject[colon] != ':') {
            colon++;
        }
        if (colon == kind) {
            return subject;
        }
        byte[] owner = new byte[subject.length - kind + colon];
        System.arraycopy(subject, 0, owner, 0, colon);
        System.arraycopy(subject, kind, owner, colon, subject.length - kind);
        return owner;
    }

    /** Where the kind ends; at once when there is none. */
    private static int zero(byte[] subject) {
        for (int i = 0; i < subject.length; i++) {
            if (subject[i] == 0) {
                return i;
            }
        }
        return 0;
    }

    /** The subject of a stored key, or null when it was erased. */
    private byte @Nullable [] subject(byte[] key) {
        Entry entry = entry(key);
        if (entry == null) {
            return null;
        }
        int kind = zero(key);
        int name = zero(entry.name());
        byte[] subject = Arrays.copyOf(key, kind + entry.name().length - name);
        System.arraycopy(entry.name(), name, subject, kind, entry.name().length - name);
        return subject;
    }

    private @Nullable Entry entry(byte[] key) {
        return keys.of(number(key));
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
    }

    private byte[] seal(Entry entry, byte[] plain) {
        long nonce = keys.nonce();
        byte[] stored = new byte[Long.BYTES + plain.length];
        ByteBuffer.wrap(stored).putLong(nonce).put(plain);
        keys.turn(entry, nonce, stored, Long.BYTES);
        return stored;
    }

    private byte[] open(Entry entry, byte[] stored) {
        byte[] plain = Arrays.copyOfRange(stored, Long.BYTES, stored.length);
        keys.turn(entry, ByteBuffer.wrap(stored).getLong(), plain, 0);
        return plain;
    }

    private Saved open(Entry entry, Saved saved) {
        return new Saved(open(entry, saved.state()), saved.wakeMillis());
    }

    @Override
    public Optional<Saved> get(byte[] subject) {
        return get(within, subject);
    }

    private Optional<Saved> get(StateView from, byte[] subject) {
        Sealed sealed = find(subject);
        return sealed == null ? Optional.empty() : from.get(sealed.key).map(saved -> open(sealed.entry, saved));
    }

    /** In the order of numbers. */
    @Override
    public Cursor<Subject> subjects(byte[] prefix) {
        return new Translated<>(within.subjects(prefix), this::open);
    }

    @Override
    public int generation() {
        return within.generation();
    }

    @Override
    public SortedSet<Integer> generations() {
        return within.generations();
    }

    @Override
    public void beginGeneration(int generation) {
        within.beginGeneration(generation);
    }

    @Override
    public void dropGeneration(int generation) {
        within.dropGeneration(generation);
    }

    @Override
    public Optional<Saved> get(int generation, byte[] subject) {
        Sealed sealed = find(subject);
        return sealed == null
                ? Optional.empty()
                : within.get(generation, sealed.key).map(saved -> open(sealed.entry, saved));
    }

    @Override
    public Cursor<Subject> subjects(int generation, byte[] prefix) {
        return new Translated<>(within.subjects(generation, prefix), this::open);
    }

    private @Nullable Subject open(Subject found) {
        byte[] subject = subject(found.key());
        Entry entry = entry(found.key());
        return subject == null || entry == null ? null : new Subject(subject, open(entry, found.saved()));
    }

    @Override
    public Statistics statistics(byte[] prefix) {
        return within.statistics(prefix);
    }

    @Override
    public List<Wake> due(long untilMillis, int limit) {
        return open(within.due(untilMillis, limit));
    }

    @Override
    public List<Wake> dueIn(int generation, long untilMillis) {
        return open(within.dueIn(generation, untilMillis));
    }

    private List<Wake> open(List<Wake> stored) {
        List<Wake> due = new ArrayList<>();
        for (Wake wake : stored) {
            byte[] subject = subject(wake.subject());
            if (subject != null) {
                due.add(new Wake(wake.atMillis(), subject));
            }
        }
        due.sort(WAKES_IN_ORDER);
        return due;
    }

    @Override
    public Cursor<Effect> effects(long fromPosition) {
        return effects(within, fromPosition);
    }

    private Cursor<Effect> effects(StateView from, long fromPosition) {
        return new Ordered(new Translated<>(from.effects(fromPosition), this::open));
    }

    private @Nullable Effect open(Effect stored) {
        if (Keys.isTombstone(stored.subject())) {
            return stored;
        }
        byte[] subject = subject(stored.subject());
        Entry entry = entry(stored.subject());
        return subject == null || entry == null
                ? null
                : new Effect(stored.position(), subject, stored.index(), open(entry, stored.bytes()));
    }

    @Override
    public Cursor<Effect> effects(long position, byte[] subject) {
        return effects(within, position, subject);
    }

    private Cursor<Effect> effects(StateView from, long position, byte[] subject) {
        Sealed sealed = find(subject);
        return sealed == null ? new Nothing<>() : new Translated<>(from.effects(position, sealed.key), this::open);
    }

    @Override
    public Optional<byte[]> effect(long position, byte[] subject, int index) {
        return effect(within, position, subject, index);
    }

    private Optional<byte[]> effect(StateView from, long position, byte[] subject, int index) {
        Sealed sealed = find(subject);
        return sealed == null
                ? Optional.empty()
                : from.effect(position, sealed.key, index).map(bytes -> open(sealed.entry, bytes));
    }

    @Override
    public Cursor<Long> inputs(byte[] subject, long fromPosition) {
        return inputs(within, subject, fromPosition);
    }

    private Cursor<Long> inputs(StateView from, byte[] subject, long fromPosition) {
        Sealed sealed = find(subject);
        return sealed == null ? new Nothing<>() : from.inputs(sealed.key, fromPosition);
    }

    @Override
    public Optional<byte[]> node(byte[] identifier) {
        return node(within, identifier);
    }

    private Optional<byte[]> node(StateView from, byte[] identifier) {
        Sealed sealed = find(ofIdentifier(identifier));
        return sealed == null ? Optional.empty() : from.node(sealed.key).map(bytes -> open(sealed.entry, bytes));
    }

    /** An identifier as the ring knows it: so that it is not taken for a subject of that kind. */
    static byte[] ofIdentifier(byte[] identifier) {
        return ByteBuffer.allocate(NODE.length + identifier.length)
                .put(NODE)
                .put(identifier)
                .array();
    }

    /** The other way round; empty when it is none. */
    static Optional<Identifier> identifier(byte[] name) {
        SubjectId read = Keys.subject(name);
        String before = new String(NODE, StandardCharsets.UTF_8);
        return read.kind().startsWith(before)
                ? Optional.of(new Identifier(read.kind().substring(before.length()), read.key()))
                : Optional.empty();
    }

    /**
     * What is left of those who were erased.
     *
     * @param effects on them, of which no more is known than that they were
     * @param messages from them to others
     */
    record Left(long effects, long messages) {}

    /**
     * Leaves a tombstone of each effect on some subjects, drops what was found about them in hindsight, and takes their names out of what
     * they have told others. Reads all effects.
     *
     * @param standIn who stands for a subject that is erased; null for all others
     */
    Left erase(Set<Long> numbers, Function<SubjectId, @Nullable SubjectId> standIn, EffectNames names) {
        EffectCodec codec = new EffectCodec();
        long effects = 0;
        long messages = 0;
        try (Cursor<Effect> all = within.effects(0);
                Batch batch = within.batch()) {
            int waiting = 0;
            while (all.hasNext()) {
                Effect stored = all.next();
                Entry entry = Keys.isTombstone(stored.subject()) ? null : entry(stored.subject());
                if (entry == null) {
                    continue;
                }
                if (numbers.contains(entry.number())) {
                    effects += bury(stored, entry, names, batch) ? 1 : 0;
                    waiting++;
                } else if (stored.index() >= Worker.FIRST_MESSAGE
                        && EffectCodec.read(open(entry, stored.bytes()))
                                instanceof dev.forestall.loop.Effect.SendMessage message) {
                    SubjectId other = standIn.apply(message.subject());
                    if (other != null) {
                        byte[] anonymous = codec.write(Anonymous.of(message, other));
                        batch.effect(new Effect(
                                stored.position(), stored.subject(), stored.index(), seal(entry, anonymous)));
                        messages++;
                        waiting++;
                    }
                }
                if (waiting >= ERASED_TOGETHER) {
                    within.commit(batch);
                    waiting = 0;
                }
            }
            within.commit(batch);
        }
        return new Left(effects, messages);
    }

    /** Puts a tombstone in the place of an effect. What was found in hindsight was never said, and gets none. */
    private boolean bury(Effect stored, Entry entry, EffectNames names, Batch batch) {
        boolean wasSaid = !Keys.isHindsight(stored.subject());
        if (wasSaid) {
            byte[] plain = open(entry, stored.bytes());
            batch.effect(new Effect(
                    stored.position(),
                    key(TOMBSTONE, entry.number()),
                    stored.index(),
                    Tombstone.of(EffectCodec.read(plain), plain, names)));
        }
        batch.dropEffect(stored.position(), stored.subject(), stored.index());
        return wasSaid;
    }

    @Override
    public long position() {
        return within.position();
    }

    @Override
    public Optional<byte[]> named(String name) {
        return named(within, name);
    }

    private Optional<byte[]> named(StateView from, String name) {
        Entry entry = keys.find(own(name));
        return entry == null ? Optional.empty() : from.named(name).map(bytes -> open(entry, bytes));
    }

    @Override
    public Snapshot snapshot() {
        return new SealedSnapshot(within.snapshot());
    }

    /** As the store itself, of one commit. Those who were erased since are not there either. */
    private final class SealedSnapshot implements Snapshot {
        private final Snapshot within;

        SealedSnapshot(Snapshot within) {
            this.within = within;
        }

        @Override
        public Optional<Saved> get(byte[] subject) {
            return SealedStore.this.get(within, subject);
        }

        @Override
        public Cursor<Effect> effects(long fromPosition) {
            return SealedStore.this.effects(within, fromPosition);
        }

        @Override
        public Cursor<Effect> effects(long position, byte[] subject) {
            return SealedStore.this.effects(within, position, subject);
        }

        @Override
        public Optional<byte[]> effect(long position, byte[] subject, int index) {
            return SealedStore.this.effect(within, position, subject, index);
        }

        @Override
        public Cursor<Long> inputs(byte[] subject, long fromPosition) {
            return SealedStore.this.inputs(within, subject, fromPosition);
        }

        @Override
        public Optional<byte[]> node(byte[] identifier) {
            return SealedStore.this.node(within, identifier);
        }

        @Override
        public long position() {
            return within.position();
        }

        @Override
        public Optional<byte[]> named(String name) {
            return SealedStore.this.named(within, name);
        }

        @Override
        public void close() {
            within.close();
        }
    }

    /** What the host keeps for itself is sealed too: it waits for subjects, and names them. */
    private static byte[] own(String name) {
        return ("host own\0" + name).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Batch batch() {
        return new SealedBatch(within.batch());
    }

    @Override
    public void commit(Batch batch) {
        keys.sync();
        within.commit(((SealedBatch) batch).within);
    }

    @Override
    public void sync() {
        within.sync();
    }

    @Override
    public void retain(long fromPosition) {
        within.retain(fromPosition);
    }

    @Override
    public void close() {
        within.close();
    }

    private final class SealedBatch implements Batch {
        private final Batch within;

        SealedBatch(Batch within) {
            this.within = within;
        }

        @Override
        public Batch put(byte[] subject, Saved saved, long wakeBefore) {
            Sealed sealed = sealed(subject);
            within.put(sealed.key, new Saved(seal(sealed.entry, saved.state()), saved.wakeMillis()), wakeBefore);
            return this;
        }

        @Override
        public Batch put(int generation, byte[] subject, Saved saved, long wakeBefore) {
            Sealed sealed = sealed(subject);
            byte[] state = saved.state().length == 0 ? saved.state() : seal(sealed.entry, saved.state());
            within.put(generation, sealed.key, new Saved(state, saved.wakeMillis()), wakeBefore);
            return this;
        }

        @Override
        public Batch live(int generation) {
            within.live(generation);
            return this;
        }

        @Override
        public Batch remove(byte[] subject, long wakeBefore) {
            Sealed sealed = find(subject);
            if (sealed != null) {
                within.remove(sealed.key, wakeBefore);
            }
            return this;
        }

        @Override
        public Batch inputs(byte[] subject, long... positions) {
            within.inputs(sealed(subject).key, positions);
            return this;
        }

        @Override
        public Batch effect(Effect effect) {
            Sealed sealed = sealed(effect.subject());
            within.effect(
                    new Effect(effect.position(), sealed.key, effect.index(), seal(sealed.entry, effect.bytes())));
            return this;
        }

        @Override
        public Batch dropEffect(long position, byte[] subject, int index) {
            Sealed sealed = find(subject);
            if (sealed != null) {
                within.dropEffect(position, sealed.key, index);
            }
            return this;
        }

        @Override
        public Batch node(byte[] identifier, byte[] value) {
            Sealed sealed = sealed(ofIdentifier(identifier));
            within.node(sealed.key, seal(sealed.entry, value));
            return this;
        }

        @Override
        public Batch position(long position) {
            within.position(position);
            return this;
        }

        @Override
        public Batch named(String name, byte[] value) {
            within.named(name, seal(keys.of(own(name)), value));
            return this;
        }

        @Override
        public void close() {
            within.close();
        }
    }

    private static final class Nothing<T> implements Cursor<T> {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public T next() {
            throw new NoSuchElementException("nothing is kept");
        }

        @Override
        public void close() {}
    }

    /** Leaves out what becomes null. */
    static final class Translated<S, T> implements Cursor<T> {
        private final Cursor<S> stored;
        private final Function<S, @Nullable T> translation;
        private @Nullable T ahead;

        Translated(Cursor<S> stored, Function<S, @Nullable T> translation) {
            this.stored = stored;
            this.translation = translation;
        }

        @Override
        public boolean hasNext() {
            while (ahead == null && stored.hasNext()) {
                ahead = translation.apply(stored.next());
            }
            return ahead != null;
        }

        @Override
        public T next() {
            T found = hasNext() ? ahead : null;
            if (found == null) {
                throw new NoSuchElementException("nothing is left");
            }
            ahead = null;
            return found;
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    /** Reads all effects of one position at once, and hands them on in the order of names. */
    private static final class Ordered implements Cursor<Effect> {
        private final Cursor<Effect> stored;
        private List<Effect> atOnePosition = List.of();
        private int next;
        private @Nullable Effect ahead;

        Ordered(Cursor<Effect> stored) {
            this.stored = stored;
        }

        @Override
        public boolean hasNext() {
            return next < atOnePosition.size() || ahead != null || stored.hasNext();
        }

        @Override
        public Effect next() {
            if (next == atOnePosition.size()) {
                read();
            }
            return atOnePosition.get(next++);
        }

        private void read() {
            List<Effect> read = new ArrayList<>();
            Effect first = ahead == null ? stored.next() : ahead;
            read.add(first);
            ahead = null;
            while (stored.hasNext()) {
                Effect each = stored.next();
                if (each.position() != first.position()) {
                    ahead = each;
                    break;
                }
                read.add(each);
            }
            if (read.size() > 1) {
                read.sort(EFFECTS_IN_ORDER);
            }
            atOnePosition = read;
            next = 0;
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
