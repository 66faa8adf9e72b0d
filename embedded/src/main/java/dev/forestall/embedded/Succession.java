package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.Identifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that are in force one after the other, each with a worker of its own. Where the log says that another one is activated,
 * all before it is committed under the old one, its states stand beside the old ones, and with one commit they take their place. Most of that
 * work can be done before, while the old one goes on: see {@link #prepare}. A crash before that commit leaves the old definition in force, and the record in the log lets the exchange begin anew.
 */
final class Succession implements AutoCloseable {

    /** Replaced states are kept for so long, by the clock of the log. */
    static final Duration KEPT = Duration.ofDays(7);

    private final InputLog log;
    private final StateStore store;
    private final Runnable onCommit;
    private final Runnable onFolded;
    private final HostOptions options;
    private final ExchangeNotes notes;
    private final Map<String, Definition> known = new HashMap<>();
    private @Nullable Preparation preparation;
    private volatile Definition definition;
    private volatile Worker worker;

    /** @param given that the host is to be in the end; it need not be in force yet */
    Succession(
            Definition given,
            InputLog log,
            StateStore store,
            Runnable onCommit,
            Runnable onFolded,
            HostOptions options) {
        this.log = log;
        this.store = store;
        this.onCommit = onCommit;
        this.onFolded = onFolded;
        this.options = options;
        know(given);
        if (Activation.all(store).isEmpty()) {
            claim(given);
        }
        this.definition = inForce(latest());
        dropUnnamed();
        this.notes = new ExchangeNotes(log, store, this::inForce);
        this.worker = newWorker();
    }

    private void claim(Definition given) {
        try (StateStore.Batch batch = store.batch()) {
            batch.named(
                    Activation.NAME,
                    Activation.write(List.of(new Activation(
                            0, 0, given.hash(), given.semantics(), new TreeMap<>(), store.generation()))));
            store.commit(batch);
        }
    }

    /** Makes a definition known before the log names it. */
    synchronized void know(Definition next) {
        known.put(next.hash(), next);
    }

    private synchronized Definition inForce(Activation activation) {
        Definition found = known.get(activation.definition());
        if (found == null) {
            found = options.definitions()
                    .named(activation.definition())
                    .orElseThrow(
                            () -> EmbeddedError.OTHER_DEFINITION.because(
                                    "the data was made by definition " + brief(activation.definition())
                                            + ", which is not at hand. Deploy the changed pack, restore the folder of definitions, or use another data directory"));
            known.put(found.hash(), found);
        }
        return found.answeredBy(activation.semantics());
    }

    /** The definition that is in force by what a view of the store says. For any thread. */
    Definition inForce(StateView view) {
        return inForce(Activation.all(view).getLast());
    }

    static String brief(String hash) {
        return hash.substring(0, 8);
    }

    private Activation latest() {
        return Activation.all(store).getLast();
    }

    /** What a crash left of an exchange that did not come to its end. */
    private void dropUnnamed() {
        SortedSet<Integer> named = new TreeSet<>();
        Activation.all(store).forEach(each -> named.add(each.generation()));
        named.add(store.generation());
        store.generations().stream().filter(each -> !named.contains(each)).forEach(store::dropGeneration);
    }

    private Worker newWorker() {
        return new Worker(definition, log, store, notes, onCommit, onFolded, options);
    }

    Definition definition() {
        return definition;
    }

    /** Of the definition in force. */
    Worker current() {
        return worker;
    }

    Progress progress() {
        return worker.progress();
    }

    /** As {@link Worker#work}; what comes behind an activation is of the plan that it brings. */
    void work(long firstPosition, List<Logged> records) {
        int from = 0;
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof Logged.Activated activated) {
                if (i > from) {
                    worker.work(firstPosition + from, records.subList(from, i));
                }
                worker.commit();
                activate(firstPosition + i, activated);
                from = i + 1;
            }
        }
        if (from < records.size()) {
            worker.work(firstPosition + from, records.subList(from, records.size()));
        }
    }

    void commit() {
        worker.commit();
        notes.look();
    }

    /**
     * Lets the states of a definition that is to take over be made beside, while the one in force goes on. Not while records are being worked
     * in; all is committed.
     *
     * @return completes when the definition can take over at once, or exceptionally when nothing comes of it
     */
    CompletionStage<Boolean> prepare(Definition next) {
        know(next);
        dropPreparation();
        Difference difference = Difference.between(definition, next);
        if (difference.isLayoutKept()) {
            return CompletableFuture.completedFuture(true);
        }
        Preparation begun = preparation(next, difference);
        preparation = begun;
        worker.watch(begun::reaches);
        begun.start();
        return begun.ready();
    }

    private Preparation preparation(Definition next, Difference difference) {
        int generation = store.generations().last() + 1;
        return new Preparation(definition, next, difference, log, store, generation);
    }

    private void dropPreparation() {
        Preparation dropped = preparation;
        preparation = null;
        worker.watch(null);
        if (dropped != null) {
            dropped.close();
            store.dropGeneration(dropped.generation());
        }
    }

    /** As {@link Worker#forget}, wherever something of them may be. */
    void forget(
            List<SubjectId> customers, List<Identifier> identifiers, Function<SubjectId, @Nullable SubjectId> standIn) {
        notes.forget(customers);
        worker.forget(customers, identifiers, standIn);
        Preparation begun = preparation;
        if (begun != null) {
            begun.forget(customers);
        }
    }

    /** Waits until all is noted that definitions which have taken over would have said before. */
    void awaitNoted() {
        notes.await();
    }

    private void activate(long position, Logged.Activated activated) {
        Activation before = latest();
        long clock = worker.progress().latestMillis();
        Definition next = inForce(
                new Activation(position, clock, activated.definition(), activated.semantics(), new TreeMap<>(), 0));
        Difference difference = Difference.between(definition, next);
        int generation = store.generation();
        if (!difference.isLayoutKept()) {
            generation = fill(next, difference);
        } else {
            dropPreparation();
        }
        List<Activation> all = new ArrayList<>(Activation.all(store));
        all.add(new Activation(
                position,
                clock,
                activated.definition(),
                activated.semantics(),
                knownSince(before, difference, clock),
                generation));
        try (StateStore.Batch batch = store.batch()) {
            batch.live(generation).named(Activation.NAME, Activation.write(all)).position(position + 1);
            if (!difference.filled().isEmpty()) {
                notes.add(position, batch);
            }
            store.commit(batch);
        }
        worker.close();
        definition = next;
        worker = newWorker();
        worker.lookAhead();
        dropOld(clock);
        notes.look();
    }

    /** @return the generation with the states of another definition, all there are at this place */
    private int fill(Definition next, Difference difference) {
        Preparation begun = preparation;
        if (begun == null || !begun.isOf(next)) {
            dropPreparation();
            begun = preparation(next, difference);
        }
        preparation = null;
        begun.finish();
        return begun.generation();
    }

    /** From when on each declaration knows: what is carried as long as before, what is filled as far as the log reaches. */
    private SortedMap<String, Long> knownSince(Activation before, Difference difference, long clock) {
        SortedMap<String, Long> since = new TreeMap<>();
        long logSince = begins();
        difference.declarations().forEach((declaration, fate) -> {
            switch (fate) {
                case UNCHANGED, CARRIED -> {
                    Long known = before.knownSince().get(declaration);
                    if (known != null) {
                        since.put(declaration, known);
                    }
                }
                case REFILLED, ADDED -> {
                    if (logSince != Long.MIN_VALUE) {
                        since.put(declaration, logSince);
                    }
                }
                case BEGINS -> since.put(declaration, clock);
                case REMOVED -> {}
            }
        });
        return since;
    }

    /** The clock of the first record that is kept; the least number when all are. */
    private long begins() {
        if (log.start() == 0) {
            return Long.MIN_VALUE;
        }
        try (Cursor<InputLog.Entry> entries = log.read(log.start())) {
            return entries.hasNext() ? entries.next().atMillis() : Long.MIN_VALUE;
        }
    }

    /** Lets go of states that were replaced long ago. */
    private void dropOld(long clock) {
        List<Activation> all = Activation.all(store);
        SortedSet<Integer> kept = new TreeSet<>();
        kept.add(store.generation());
        kept.addAll(notes.generations());
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).atMillis() > clock - KEPT.toMillis()) {
                kept.add(all.get(i - 1).generation());
            }
        }
        store.generations().stream().filter(each -> !kept.contains(each)).forEach(store::dropGeneration);
    }

    @Override
    public void close() {
        dropPreparation();
        notes.close();
        worker.close();
    }
}
