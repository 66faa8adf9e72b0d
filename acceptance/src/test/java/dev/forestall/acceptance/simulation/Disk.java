package dev.forestall.acceptance.simulation;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A store that can fail: just before or just after a commit, as a crash of the process would. Once it has failed, nothing works any
 * more for whoever held it. Mutants change what they pass on.
 */
class Disk implements StateStore {

    /** When the process dies. */
    enum Fails {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** The process has died. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String when) {
            super("crash " + when, null, false, false);
        }
    }

    private final StateStore real;
    private volatile Fails fails = Fails.NEVER;
    private volatile boolean dead;
    private volatile int commitsBefore;

    Disk(StateStore real) {
        this.real = real;
    }

    /** Dies at the next commit. */
    void failNext(Fails when) {
        fails = when;
    }

    /** Dies at the next commit but some. */
    void failAfter(int commits, Fails when) {
        commitsBefore = commits;
        fails = when;
    }

    /** Dies now. */
    void kill() {
        dead = true;
    }

    private StateStore alive() {
        if (dead) {
            throw new Crash("before");
        }
        return real;
    }

    @Override
    public void commit(Batch batch) {
        if (fails != Fails.NEVER && commitsBefore > 0) {
            commitsBefore--;
            alive().commit(batch);
            return;
        }
        if (fails == Fails.BEFORE_COMMIT) {
            dead = true;
        }
        alive().commit(batch);
        if (fails == Fails.AFTER_COMMIT) {
            dead = true;
            throw new Crash("after a commit");
        }
    }

    @Override
    public Optional<Saved> get(byte[] subject) {
        return alive().get(subject);
    }

    @Override
    public Cursor<Subject> subjects(byte[] prefix) {
        return alive().subjects(prefix);
    }

    @Override
    public int generation() {
        return alive().generation();
    }

    @Override
    public SortedSet<Integer> generations() {
        return alive().generations();
    }

    @Override
    public void beginGeneration(int generation) {
        alive().beginGeneration(generation);
    }

    @Override
    public void dropGeneration(int generation) {
        alive().dropGeneration(generation);
    }

    @Override
    public Optional<Saved> get(int generation, byte[] subject) {
        return alive().get(generation, subject);
    }

    @Override
    public Cursor<Subject> subjects(int generation, byte[] prefix) {
        return alive().subjects(generation, prefix);
    }

    @Override
    public Statistics statistics(byte[] prefix) {
        return alive().statistics(prefix);
    }

    @Override
    public List<Wake> due(long untilMillis, int limit) {
        return alive().due(untilMillis, limit);
    }

    @Override
    public List<Wake> dueIn(int generation, long untilMillis) {
        return alive().dueIn(generation, untilMillis);
    }

    @Override
    public Cursor<Effect> effects(long fromPosition) {
        return alive().effects(fromPosition);
    }

    @Override
    public Cursor<Effect> effects(long position, byte[] subject) {
        return alive().effects(position, subject);
    }

    @Override
    public Optional<byte[]> effect(long position, byte[] subject, int index) {
        return alive().effect(position, subject, index);
    }

    @Override
    public Cursor<Long> inputs(byte[] subject, long fromPosition) {
        return alive().inputs(subject, fromPosition);
    }

    @Override
    public Optional<byte[]> node(byte[] identifier) {
        return alive().node(identifier);
    }

    @Override
    public long position() {
        return alive().position();
    }

    @Override
    public Optional<byte[]> named(String name) {
        return alive().named(name);
    }

    @Override
    public Snapshot snapshot() {
        return alive().snapshot();
    }

    @Override
    public Batch batch() {
        return alive().batch();
    }

    @Override
    public void sync() {
        alive().sync();
    }

    @Override
    public void retain(long fromPosition) {
        alive().retain(fromPosition);
    }

    @Override
    public void close() {
        alive().close();
    }
}
