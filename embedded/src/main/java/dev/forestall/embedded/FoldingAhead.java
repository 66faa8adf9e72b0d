package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Logged.Folded.Stage;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out beside, on a thread of its own and from what is committed, what was {@link PutOff put off}. It changes nothing that anybody sees:
 * when something is ready, the host says so in the log, and at that record it takes effect. Whoever reads the log again without it works the
 * same out at that record, and comes to the same bytes.
 */
final class FoldingAhead implements AutoCloseable {

    /** When so few inputs have come since, the rest is left to whoever is at the record. */
    private static final int FEW = 500;

    /** So many effects found in hindsight are written at once. */
    private static final int SLICE = 256;

    private final Definition definition;
    private final InputLog log;
    private final StateStore store;
    private final ExchangeNotes notes;
    private final int longestPast;
    private final Runnable whenReady;
    private final Thread thread;

    /** Nothing is to be read or written of them while they are here. */
    private final Set<SubjectId> forgotten = ConcurrentHashMap.newKeySet();

    // With the lock of this:
    private @Nullable SubjectId current;
    private final Map<PutOff.Key, Ready> ready = new HashMap<>();
    private final Queue<Logged.Folded> toSay = new ArrayDeque<>();
    private final Set<PutOff.Key> done = new TreeSet<>();
    private final Set<Long> noted = new TreeSet<>();
    private boolean isTold;
    private boolean isStarted;

    private volatile boolean hasToSay;
    private volatile boolean isClosed;
    private volatile @Nullable Throwable failure;

    /**
     * A past, most of it worked out.
     *
     * @param before the position from which on it is not
     */
    record Ready(SubjectId customer, Folding folding, long before) {}

    /** The customer is being erased. */
    private static final class Forgotten extends RuntimeException {
        private static final long serialVersionUID = 1;

        Forgotten() {
            super("forgotten", null, false, false);
        }
    }

    /** Nobody wants it any more. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("closed", null, false, false);
        }
    }

    /**
     * @param notes what comes before in hindsight is noted before
     * @param longestPast in inputs; a longer one is given up
     * @param whenReady is told that there is something to be said in the log; does not wait for anybody
     */
    FoldingAhead(
            Definition definition,
            InputLog log,
            StateStore store,
            ExchangeNotes notes,
            int longestPast,
            Runnable whenReady) {
        this.notes = notes;
        this.longestPast = longestPast;
        this.definition = definition;
        this.log = log;
        this.store = store;
        this.whenReady = whenReady;
        this.thread = new Thread(this::run, "forestall-folding");
        thread.setDaemon(true);
    }

    /** Something that was put off has been committed. Fails with what has failed here. */
    synchronized void look() {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("a past can't be worked out beside: " + failed, failed);
        }
        isTold = true;
        if (!isStarted) {
            isStarted = true;
            thread.start();
        }
        notifyAll();
    }

    /** What is to be said in the log by now. */
    List<Logged.Folded> takeToSay() {
        if (!hasToSay) {
            return List.of();
        }
        synchronized (this) {
            List<Logged.Folded> taken = List.copyOf(toSay);
            toSay.clear();
            hasToSay = false;
            return taken;
        }
    }

    /** Waits until there is something to be said. Fails with what has failed here. */
    synchronized void awaitToSay() {
        look();
        while (!hasToSay) {
            Throwable failed = failure;
            if (failed != null || isClosed) {
                throw new IllegalStateException("a past can't be worked out beside: " + failed, failed);
            }
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a past was worked out beside", interrupted);
            }
        }
    }

    /** What was worked out of one that takes effect now; empty when nobody has begun with it. */
    synchronized Optional<Ready> take(PutOff.Key key) {
        return Optional.ofNullable(ready.remove(key));
    }

    /** Whether what a past would have said stands in the store already. */
    synchronized boolean isNoted(long position) {
        return noted.remove(position);
    }

    /**
     * Customers are being erased: returns when nothing of them is read or written here, and nothing is until {@link #forgot}. To write
     * something about somebody whose key has gone would give them another one.
     */
    synchronized void forget(Collection<SubjectId> customers) {
        forgotten.addAll(customers);
        while (current != null && forgotten.contains(current)) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a past was being left alone", interrupted);
            }
        }
    }

    /** It is committed that nothing is put off of them. */
    synchronized void forgot(Collection<SubjectId> customers) {
        forgotten.removeAll(customers);
        isTold = true;
        notifyAll();
    }

    private void run() {
        try {
            while (awaitWork()) {
                workOff();
            }
        } catch (Stopped stopped) {
            // Whoever opens the directory again begins anew.
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private synchronized void fail(Throwable failed) {
        failure = failed;
        notifyAll();
    }

    private synchronized boolean awaitWork() {
        while (!isTold && !isClosed) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                // Closing is told by a flag: an interrupt would close the files that are being read.
            }
        }
        isTold = false;
        return !isClosed;
    }

    private void workOff() {
        for (Optional<Task> next = next(); next.isPresent() && isDone(next.get()); next = next()) {
            whenReady.run();
        }
    }

    /** Something to be done about a customer. */
    private record Task(SubjectId customer, Runnable work) {}

    /** Does it; not while the customer is being erased. */
    private boolean isDone(Task task) {
        synchronized (this) {
            current = task.customer;
        }
        try {
            requireWanted(task.customer);
            task.work.run();
            return true;
        } catch (Forgotten erased) {
            return false;
        } finally {
            synchronized (this) {
                current = null;
                notifyAll();
            }
        }
    }

    private void requireWanted(SubjectId customer) {
        if (isClosed) {
            throw new Stopped();
        }
        if (forgotten.contains(customer)) {
            throw new Forgotten();
        }
    }

    /** First what takes effect already and is only to be noted, in the order of the log; then the others. */
    private Optional<Task> next() {
        try (StateStore.Snapshot committed = store.snapshot()) {
            PutOff putOff = PutOff.of(committed);
            for (Map.Entry<PutOff.Key, SubjectId> each : putOff.hindsight().entrySet()) {
                if (isNew(each.getKey())) {
                    return Optional.of(
                            new Task(each.getValue(), () -> note(each.getKey().position(), each.getValue())));
                }
            }
            for (Map.Entry<PutOff.Key, SubjectId> each : putOff.folds().entrySet()) {
                if (isNew(each.getKey())) {
                    return Optional.of(new Task(each.getValue(), () -> fold(each.getKey(), each.getValue())));
                }
            }
            return Optional.empty();
        }
    }

    /** A place in the log is one where something was put off, or one where something took effect, and not both. */
    private synchronized boolean isNew(PutOff.Key key) {
        return !done.contains(key);
    }

    /** Follows what comes meanwhile until only a little is left. */
    private void fold(PutOff.Key key, SubjectId customer) {
        Folding folding = null;
        long from = log.start();
        while (true) {
            try (StateStore.Snapshot committed = store.snapshot()) {
                if (!PutOff.of(committed).isToBeFolded(key, customer)) {
                    return;
                }
                Beside beside = new Beside(committed);
                IdentityView view = beside.graph.now();
                if (folding == null) {
                    if (beside.past.isLongerThan(longestPast, view, customer)) {
                        say(key, Stage.GIVEN_UP);
                        return;
                    }
                    folding = beside.past.begin(customer, effect -> {});
                }
                long until = committed.position();
                long looked = beside.past.goOn(folding, view, from, until, input -> requireWanted(customer));
                from = until;
                if (looked <= FEW) {
                    synchronized (this) {
                        ready.put(key, new Ready(customer, folding, until));
                    }
                    say(key, Stage.STATE);
                    return;
                }
            }
        }
    }

    private synchronized void say(PutOff.Key key, Stage stage) {
        done.add(key);
        toSay.add(new Logged.Folded(key.position(), key.index(), stage));
        hasToSay = true;
        notifyAll();
    }

    private void note(long position, SubjectId customer) {
        try (StateStore.Snapshot committed = store.snapshot()) {
            if (!customer.equals(PutOff.of(committed).hindsight().get(new PutOff.Key(position, 0)))) {
                return;
            }
        }
        writeHindsight(position, customer);
        synchronized (this) {
            noted.add(position);
        }
        say(new PutOff.Key(position, 0), Stage.NOTED);
    }

    /**
     * Writes what a customer's past, as it was known at a position, would have said and has not; slice by slice, for it can be much. Only
     * what has been committed before is looked at, so that it is the same whenever it is done.
     */
    void writeHindsight(long position, SubjectId customer) {
        notes.ensure(customer);
        try (StateStore.Snapshot committed = store.snapshot();
                Slices slices = new Slices(position, customer)) {
            Beside beside = new Beside(committed);
            EffectRecord.Known known = beside.record.knownOf(customer, position);
            Folding folding = beside.past.begin(customer, effect -> {
                if (known.isNews(effect)) {
                    slices.add(effect);
                }
            });
            beside.past.goOn(
                    folding, beside.graph.asOf(position - 1), log.start(), position, input -> requireWanted(customer));
            slices.finish();
        }
    }

    /** What is needed to work something out from what is committed. */
    private final class Beside {
        final IdentityGraph graph;
        final EffectRecord record;
        final CustomerPast past;

        Beside(StateView committed) {
            this.graph = new IdentityGraph(definition.plan(), new StoredNodes(committed));
            this.record = new EffectRecord(committed);
            this.past = new CustomerPast(
                    definition,
                    log,
                    new Filing(committed),
                    new Ticks(log, committed, new LoggedCodec(definition.plan(), log.seals())),
                    record);
        }
    }

    /** Effects found in hindsight, on their way into the store. */
    private final class Slices implements AutoCloseable {
        private final long position;
        private final byte[] key;
        private final StateStore.Batch batch = store.batch();
        private final EffectCodec codec = new EffectCodec();
        private int index;

        Slices(long position, SubjectId customer) {
            this.position = position;
            this.key = Keys.of(Keys.hindsight(customer));
        }

        void add(Effect effect) {
            batch.effect(new StateStore.Effect(position, key, index++, codec.write(effect)));
            if (index % SLICE == 0) {
                store.commit(batch);
            }
        }

        /** What an interrupted attempt under another definition may have left goes too. */
        void finish() {
            List<Integer> left = new ArrayList<>();
            try (Cursor<StateStore.Effect> stored = store.effects(position, key)) {
                while (stored.hasNext()) {
                    int each = stored.next().index();
                    if (each >= index) {
                        left.add(each);
                    }
                }
            }
            left.forEach(each -> batch.dropEffect(position, key, each));
            store.commit(batch);
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /** Returns when nothing is read or written here any more. */
    @Override
    public void close() {
        isClosed = true;
        synchronized (this) {
            notifyAll();
        }
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
