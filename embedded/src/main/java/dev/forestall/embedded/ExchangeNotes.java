package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What filled declarations would have said, had they been there before: noted in hindsight, on a thread of its own, when their definition has
 * taken over. It follows from the log alone. Whoever needs what is to be noted of one customer has it noted first, so that it does not
 * matter when the thread comes to them; after a crash it is all noted again, at the same place.
 */
final class ExchangeNotes implements AutoCloseable {

    private static final String NAME = "exchange-notes";

    /** So many subjects are noted from one snapshot. */
    private static final int SLICE = 4_096;

    /** So many are written together; who needs one of them waits for no more. */
    private static final int BATCH = 64;

    private final InputLog log;
    private final StateStore store;
    private final Function<Activation, Definition> definitions;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile boolean isEmpty;
    private volatile @Nullable Throwable failure;

    // With the lock of this:
    private final TreeSet<Long> waiting = new TreeSet<>();
    private final Set<Noted> done = new HashSet<>();
    private boolean isStarted;

    private record Noted(long position, SubjectId subject) {}

    /** @param definitions the definition of an activation */
    ExchangeNotes(InputLog log, StateStore store, Function<Activation, Definition> definitions) {
        this.log = log;
        this.store = store;
        this.definitions = definitions;
        store.named(NAME).ifPresent(bytes -> {
            Reader from = new Reader(bytes);
            for (int left = from.size(); left > 0; left--) {
                waiting.add(from.count());
            }
        });
        this.isEmpty = waiting.isEmpty();
        this.thread = new Thread(this::run, "forestall-hindsight");
        thread.setDaemon(true);
    }

    /** A definition takes over at a position, with the batch. */
    synchronized void add(long position, StateStore.Batch batch) {
        waiting.add(position);
        isEmpty = false;
        write(batch);
    }

    private void write(StateStore.Batch batch) {
        Writer to = new Writer();
        to.count(waiting.size());
        waiting.forEach(to::count);
        batch.named(NAME, to.toBytes());
    }

    /** What is committed can be noted. Fails with what has failed here. */
    synchronized void look() {
        requireSound();
        if (!isEmpty && !isStarted) {
            isStarted = true;
            thread.start();
        }
        notifyAll();
    }

    private void requireSound() {
        Throwable failed = failure;
        if (failed instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failed != null) {
            throw new IllegalStateException("what a definition would have said can't be noted: " + failed, failed);
        }
    }

    /** The generations of states that are still needed: those that were replaced. */
    synchronized SortedSet<Integer> generations() {
        SortedSet<Integer> needed = new TreeSet<>();
        waiting.forEach(position -> needed.add(exchange(position).before.generation()));
        return needed;
    }

    /** How many exchanges have something to be noted. For any thread. */
    static int waiting(StateView view) {
        return view.named(NAME).map(bytes -> new Reader(bytes).size()).orElse(0);
    }

    /** Waits until all is noted. */
    synchronized void await() {
        look();
        while (!isEmpty) {
            requireSound();
            if (isClosed) {
                return;
            }
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while hindsight was being noted", interrupted);
            }
        }
    }

    /** Notes at once what is to be noted of one subject. */
    void ensure(SubjectId subject) {
        if (isEmpty) {
            return;
        }
        synchronized (this) {
            for (long position : List.copyOf(waiting)) {
                if (done.add(new Noted(position, subject))) {
                    ensure(subject, position, exchange(position));
                }
            }
        }
    }

    private void ensure(SubjectId subject, long position, Exchange exchange) {
        // Who came to bear the name since is not meant.
        if (store.get(exchange.before.generation(), Keys.of(subject)).isPresent()) {
            try (StateStore.Snapshot committed = store.snapshot();
                    StateStore.Batch batch = store.batch()) {
                note(subject, position, exchange.filling(committed, position), batch);
                store.commit(batch);
            }
        }
    }

    /** Customers are being erased: nothing is noted of them any more. To write about somebody whose key has gone would give them another one. */
    synchronized void forget(Collection<SubjectId> customers) {
        for (long position : waiting) {
            customers.forEach(customer -> done.add(new Noted(position, customer)));
        }
    }

    private final class Exchange {
        final Activation before;
        final Definition from;
        final Definition to;
        final Difference difference;

        Exchange(Activation before, Activation after) {
            this.before = before;
            this.from = definitions.apply(before);
            this.to = definitions.apply(after);
            this.difference = Difference.between(from, to);
        }

        Filling filling(StateStore.Snapshot committed, long position) {
            return new Filling(from, to, difference, log, committed, position);
        }
    }

    private Exchange exchange(long position) {
        List<Activation> all = Activation.all(store);
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).position() == position) {
                return new Exchange(all.get(i - 1), all.get(i));
            }
        }
        throw new IllegalStateException("no definition has taken over at position " + position);
    }

    private void run() {
        try {
            while (true) {
                long position;
                synchronized (this) {
                    while (isEmpty && !isClosed) {
                        try {
                            wait();
                        } catch (InterruptedException interrupted) {
                            // Closing is told by a flag: an interrupt would close the files that are being read.
                        }
                    }
                    if (isClosed) {
                        return;
                    }
                    position = waiting.getFirst();
                }
                if (!isNoted(position)) {
                    return;
                }
                finish(position);
            }
        } catch (RuntimeException | Error failed) {
            synchronized (this) {
                failure = failed;
                notifyAll();
            }
        }
    }

    private synchronized void finish(long position) {
        waiting.remove(position);
        try (StateStore.Batch batch = store.batch()) {
            write(batch);
            store.commit(batch);
        }
        done.removeIf(each -> each.position == position);
        isEmpty = waiting.isEmpty();
        notifyAll();
    }

    /** All who were there when the definition took over: the states that it replaced have not changed since. */
    private boolean isNoted(long position) {
        Exchange exchange = exchange(position);
        List<SubjectId> slice = new ArrayList<>();
        try (Cursor<StateStore.Subject> all = store.subjects(exchange.before.generation(), new byte[0])) {
            while (all.hasNext()) {
                slice.add(Keys.subject(all.next().key()));
                if (slice.size() == SLICE || !all.hasNext()) {
                    if (!isNoted(slice, position, exchange)) {
                        return false;
                    }
                    slice.clear();
                }
            }
        }
        return true;
    }

    private boolean isNoted(List<SubjectId> subjects, long position, Exchange exchange) {
        try (StateStore.Snapshot committed = store.snapshot()) {
            Filling filling = exchange.filling(committed, position);
            for (int i = 0; i < subjects.size(); i += BATCH) {
                if (isClosed) {
                    return false;
                }
                note(subjects.subList(i, Math.min(i + BATCH, subjects.size())), position, filling);
            }
        }
        return true;
    }

    private synchronized void note(List<SubjectId> subjects, long position, Filling filling) {
        try (StateStore.Batch batch = store.batch()) {
            for (SubjectId subject : subjects) {
                if (!done.contains(new Noted(position, subject))) {
                    note(subject, position, filling, batch);
                }
            }
            store.commit(batch);
        }
    }

    private void note(SubjectId subject, long position, Filling filling, StateStore.Batch batch) {
        List<Effect> found = filling.hindsight(subject);
        if (found.isEmpty()) {
            return;
        }
        EffectCodec codec = new EffectCodec();
        byte[] key = Keys.of(Keys.hindsight(subject));
        for (int i = 0; i < found.size(); i++) {
            batch.effect(new StateStore.Effect(position, key, i, codec.write(found.get(i))));
        }
        try (Cursor<Long> noted = store.inputs(key, position)) {
            if (!noted.hasNext()) {
                batch.inputs(key, position);
            }
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
