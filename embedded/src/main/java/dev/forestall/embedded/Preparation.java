package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The states of a definition that is to take over: a generation of its own, made beside the live one while that goes on. All subjects are filled
 * once from what is committed; those that something has reached since, or that would have been woken, are filled again, until only a few are
 * left. The rest is done at the place in the log where the definition takes over. How much was done before changes nothing about the result.
 */
final class Preparation implements AutoCloseable {

    /** So many subjects may be left for the place itself. */
    private static final int FEW = 500;

    /** Where more is reached than can be filled meanwhile, more passes do not help. */
    private static final int PASSES = 20;

    /** So many subjects are filled from one snapshot. */
    private static final int SLICE = 4_096;

    /** So many are written together; who erases somebody waits for no more. */
    private static final int BATCH = 64;

    private static final Filling.Filled NOTHING =
            new Filling.Filled(new StateStore.Saved(State.EMPTY.bytes(), StateStore.NEVER), StateStore.NEVER);

    private final Definition from;
    private final Definition to;
    private final Difference difference;
    private final InputLog log;
    private final StateStore store;
    private final int generation;
    private final long logStart;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean isClosed;

    // With the lock of this:
    private Set<SubjectId> reached = new HashSet<>();
    private boolean isFilled;
    /** Whose past goes on before their own wake-up, and when. */
    private final Map<SubjectId, Long> goOnEarlier = new HashMap<>();

    private final Set<SubjectId> forgotten = new HashSet<>();

    /** Nobody wants it any more. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("closed", null, false, false);
        }
    }

    /** @param generation that there is not yet */
    Preparation(Definition from, Definition to, Difference difference, InputLog log, StateStore store, int generation) {
        this.from = from;
        this.to = to;
        this.difference = difference;
        this.log = log;
        this.store = store;
        this.generation = generation;
        this.logStart = log.start();
        store.beginGeneration(generation);
        this.thread = new Thread(this::run, "forestall-preparation");
        thread.setDaemon(true);
    }

    /** Begins, on a thread of its own. From before this call on, {@link #reaches} is told of everybody. */
    void start() {
        thread.start();
    }

    /** Completes when only a few subjects are left to be filled, or exceptionally. */
    CompletionStage<Boolean> ready() {
        return ready;
    }

    boolean isOf(Definition next) {
        return to.hash().equals(next.hash()) && to.semantics() == next.semantics();
    }

    int generation() {
        return generation;
    }

    /** Something has reached a subject, and what came of it is committed. */
    synchronized void reaches(SubjectId subject) {
        reached.add(subject);
        // Whoever is reached again is somebody new of the same name.
        forgotten.remove(subject);
    }

    private void run() {
        try {
            fillAll();
            for (int pass = 1; pass < PASSES && fillReached() > FEW; pass++) {
                requireWanted();
            }
            ready.complete(true);
        } catch (Stopped stopped) {
            ready.completeExceptionally(
                    new IllegalStateException("another definition is taking over, or the host is being closed"));
        } catch (RuntimeException | Error failed) {
            ready.completeExceptionally(failed);
        }
    }

    private void requireWanted() {
        if (isClosed && Thread.currentThread() == thread) {
            throw new Stopped();
        }
    }

    private void fillAll() {
        List<SubjectId> slice = new ArrayList<>();
        try (Cursor<StateStore.Subject> all = store.subjects(new byte[0])) {
            while (all.hasNext()) {
                slice.add(Keys.subject(all.next().key()));
                if (slice.size() == SLICE) {
                    fillBeside(slice);
                    slice.clear();
                }
            }
        }
        fillBeside(slice);
        synchronized (this) {
            isFilled = true;
        }
    }

    /** @return how many there were */
    private int fillReached() {
        List<SubjectId> waiting;
        try (StateStore.Snapshot committed = store.snapshot()) {
            waiting = waiting(committed);
        }
        try {
            for (int i = 0; i < waiting.size(); i += SLICE) {
                fillBeside(waiting.subList(i, Math.min(i + SLICE, waiting.size())));
            }
        } catch (RuntimeException broken) {
            // Whoever finishes does not know how far this has come.
            synchronized (this) {
                reached.addAll(waiting);
            }
            throw broken;
        }
        return waiting.size();
    }

    private void fillBeside(List<SubjectId> subjects) {
        try (StateStore.Snapshot committed = store.snapshot()) {
            fill(subjects, committed);
        }
    }

    /** Who was reached, and who would have been woken by the ticks so far. */
    private List<SubjectId> waiting(StateView committed) {
        Set<SubjectId> waiting;
        synchronized (this) {
            waiting = reached;
            reached = new HashSet<>();
        }
        committed
                .named(Worker.PROGRESS)
                .map(Progress::read)
                .map(Progress::tickMillis)
                .filter(tick -> tick > Long.MIN_VALUE)
                .ifPresent(tick -> addDue(tick, waiting));
        return waiting.stream().sorted().toList();
    }

    private void addDue(long tickMillis, Set<SubjectId> waiting) {
        store.dueIn(generation, tickMillis - 1).forEach(wake -> waiting.add(Keys.subject(wake.subject())));
        synchronized (this) {
            goOnEarlier.forEach((subject, wakeMillis) -> {
                if (wakeMillis < tickMillis) {
                    waiting.add(subject);
                }
            });
        }
    }

    private void fill(List<SubjectId> subjects, StateView committed) {
        Filling filling = new Filling(from, to, difference, log, committed, committed.position());
        for (int i = 0; i < subjects.size(); i += BATCH) {
            requireWanted();
            write(subjects.subList(i, Math.min(i + BATCH, subjects.size())), committed, filling);
        }
    }

    private synchronized void write(List<SubjectId> subjects, StateView committed, Filling filling) {
        try (StateStore.Batch batch = store.batch()) {
            for (SubjectId subject : subjects) {
                if (!forgotten.contains(subject)) {
                    byte[] key = Keys.of(subject);
                    Filling.Filled filled = committed
                            .get(key)
                            .map(live -> filling.fill(subject, State.of(live.state())))
                            .orElse(NOTHING);
                    batch.put(generation, key, filled.saved(), wakeOf(key));
                    if (filled.pastWakeMillis() < filled.saved().wakeMillis()) {
                        goOnEarlier.put(subject, filled.pastWakeMillis());
                    } else {
                        goOnEarlier.remove(subject);
                    }
                }
            }
            store.commit(batch);
        }
    }

    private long wakeOf(byte[] key) {
        return store.get(generation, key).map(StateStore.Saved::wakeMillis).orElse(StateStore.NEVER);
    }

    /** Customers have been taken out of the live states, to be erased: nothing of them is written here any more, and nothing stays. */
    synchronized void forget(Collection<SubjectId> customers) {
        forgotten.addAll(customers);
        try (StateStore.Batch batch = store.batch()) {
            for (SubjectId customer : customers) {
                byte[] key = Keys.of(customer);
                batch.put(generation, key, NOTHING.saved(), wakeOf(key));
                goOnEarlier.remove(customer);
            }
            store.commit(batch);
        }
    }

    /**
     * Fills what is left, at the place where the definition takes over: all, when the log has been shortened meanwhile or nothing was filled.
     * By whoever commits to the store, everything before the place being committed.
     */
    void finish() {
        close();
        if (!isUsable()) {
            store.beginGeneration(generation);
            fillAll();
        }
        fillReached();
    }

    private synchronized boolean isUsable() {
        boolean isUsable = isFilled && log.start() == logStart;
        if (!isUsable) {
            reached = new HashSet<>();
            goOnEarlier.clear();
        }
        return isUsable;
    }

    /** Returns when nothing is read or written here any more. */
    @Override
    public void close() {
        isClosed = true;
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
