package dev.forestall.testkit;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A store in memory that can lose power: it stands for the process and its disk at once. Stricter than one on a disk:
 * it does not believe a host's word on the wake-up a subject has until now.
 */
public final class MemoryStateStore implements StateStore {

    private final Durability durability;

    /** What a loss of power leaves, beside the first of these commits. */
    private MemoryContents durable = new MemoryContents();

    private final List<List<MemoryContents.Change>> unsynced = new ArrayList<>();

    private MemoryContents contents = new MemoryContents();
    private boolean closed;

    public MemoryStateStore(Durability durability) {
        this.durability = durability;
    }

    public MemoryStateStore() {
        this(Durability.PROCESS);
    }

    /**
     * Takes the power away. Of the commits that were not synced, the first may have reached the disk all the same.
     *
     * @param lucky how many of them did, at most
     */
    public synchronized MemoryStateStore losePower(int lucky) {
        unsynced.stream().limit(lucky).forEach(durable::apply);
        unsynced.clear();
        contents = durable.copy();
        closed = false;
        return this;
    }

    /** Starts again after the process ended, in whatever way. */
    public synchronized MemoryStateStore reopen() {
        closed = false;
        return this;
    }

    @Override
    public synchronized Optional<Saved> get(byte[] subject) {
        return Optional.ofNullable(open().live().subjects.get(subject)).map(MemoryStateStore::copy);
    }

    @Override
    public synchronized Cursor<Subject> subjects(byte[] prefix) {
        return subjects(open().live, prefix);
    }

    @Override
    public synchronized int generation() {
        return open().live;
    }

    @Override
    public synchronized SortedSet<Integer> generations() {
        return new TreeSet<>(open().generations.keySet());
    }

    @Override
    public synchronized void beginGeneration(int generation) {
        requireNotLive(generation);
        atOnce(contents -> contents.generations.put(generation, new MemoryContents.States()));
    }

    @Override
    public synchronized void dropGeneration(int generation) {
        requireNotLive(generation);
        atOnce(contents -> contents.generations.remove(generation));
    }

    private void requireNotLive(int generation) {
        if (generation == open().live) {
            throw new IllegalArgumentException("generation " + generation + " is the live one");
        }
    }

    /** As on a disk, after all that was committed before. */
    private void atOnce(MemoryContents.Change change) {
        sync();
        open().apply(List.of(change));
        durable.apply(List.of(change));
    }

    @Override
    public synchronized Optional<Saved> get(int generation, byte[] subject) {
        return Optional.ofNullable(open().generation(generation).subjects.get(subject))
                .map(MemoryStateStore::copy);
    }

    @Override
    public synchronized Cursor<Subject> subjects(int generation, byte[] prefix) {
        return cursor(open().generation(generation).subjects.tailMap(prefix).entrySet().stream()
                .takeWhile(each -> startsWith(each.getKey(), prefix))
                .map(each -> new Subject(each.getKey().clone(), copy(each.getValue())))
                .toList());
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
    public synchronized List<Wake> due(long untilMillis, int limit) {
        return due(open().live(), untilMillis).limit(limit).toList();
    }

    @Override
    public synchronized List<Wake> dueIn(int generation, long untilMillis) {
        return due(open().generation(generation), untilMillis).toList();
    }

    private static Stream<Wake> due(MemoryContents.States of, long untilMillis) {
        return of.wakes.stream()
                .takeWhile(wake -> wake.atMillis() <= untilMillis)
                .map(wake -> new Wake(wake.atMillis(), wake.subject().clone()));
    }

    @Override
    public synchronized Cursor<Effect> effects(long fromPosition) {
        return cursor(open().effects.values().stream()
                .filter(effect -> effect.position() >= fromPosition)
                .map(MemoryStateStore::copy)
                .toList());
    }

    @Override
    public synchronized Cursor<Effect> effects(long position, byte[] subject) {
        return cursor(open().effects.values().stream()
                .filter(effect -> effect.position() == position && Arrays.equals(effect.subject(), subject))
                .map(MemoryStateStore::copy)
                .toList());
    }

    @Override
    public synchronized Optional<byte[]> effect(long position, byte[] subject, int index) {
        var key = new Effect(position, subject, index, new byte[0]);
        return Optional.ofNullable(open().effects.get(key))
                .map(effect -> effect.bytes().clone());
    }

    @Override
    public synchronized Cursor<Long> inputs(byte[] subject, long fromPosition) {
        var positions = open().inputs.get(subject);
        return cursor(positions == null ? List.of() : List.copyOf(positions.tailSet(fromPosition)));
    }

    @Override
    public synchronized Optional<byte[]> node(byte[] identifier) {
        return Optional.ofNullable(open().nodes.get(identifier)).map(byte[]::clone);
    }

    @Override
    public synchronized long position() {
        return open().position;
    }

    @Override
    public synchronized Optional<byte[]> named(String name) {
        return Optional.ofNullable(open().named.get(name)).map(byte[]::clone);
    }

    @Override
    public synchronized Snapshot snapshot() {
        var copy = new MemoryStateStore(durability);
        copy.contents = open().copy();
        return new Copied(copy);
    }

    /** What another store holds. */
    private record Copied(MemoryStateStore store) implements Snapshot {

        @Override
        public Optional<Saved> get(byte[] subject) {
            return store.get(subject);
        }

        @Override
        public Cursor<Effect> effects(long fromPosition) {
            return store.effects(fromPosition);
        }

        @Override
        public Cursor<Effect> effects(long position, byte[] subject) {
            return store.effects(position, subject);
        }

        @Override
        public Optional<byte[]> effect(long position, byte[] subject, int index) {
            return store.effect(position, subject, index);
        }

        @Override
        public Cursor<Long> inputs(byte[] subject, long fromPosition) {
            return store.inputs(subject, fromPosition);
        }

        @Override
        public Optional<byte[]> node(byte[] identifier) {
            return store.node(identifier);
        }

        @Override
        public long position() {
            return store.position();
        }

        @Override
        public Optional<byte[]> named(String name) {
            return store.named(name);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Override
    public Batch batch() {
        return new MemoryContents.Changes();
    }

    @Override
    public synchronized void commit(Batch batch) {
        var changes = ((MemoryContents.Changes) batch).take();
        open().apply(changes);
        unsynced.add(changes);
        if (durability == Durability.POWER) {
            sync();
        }
    }

    @Override
    public synchronized void sync() {
        open();
        unsynced.forEach(durable::apply);
        unsynced.clear();
    }

    @Override
    public synchronized void retain(long fromPosition) {
        var changes = List.<MemoryContents.Change>of(contents -> contents.retain(fromPosition));
        open().apply(changes);
        unsynced.add(changes);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            sync();
            closed = true;
        }
    }

    private MemoryContents open() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return contents;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static Saved copy(Saved saved) {
        return new Saved(saved.state().clone(), saved.wakeMillis());
    }

    private static Effect copy(Effect effect) {
        return new Effect(
                effect.position(),
                effect.subject().clone(),
                effect.index(),
                effect.bytes().clone());
    }

    private static <T> Cursor<T> cursor(List<T> list) {
        return new ListCursor<>(list.iterator());
    }

    private record ListCursor<T>(Iterator<T> iterator) implements Cursor<T> {

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public T next() {
            return iterator.next();
        }

        @Override
        public void close() {}
    }
}
