package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The definitions that are in force one after the other, each with a worker of its own. Where the log says that another one is activated,
 * all before it is committed under the old one, its states are made beside the old ones, and with one commit they take their place. A
 * crash before that commit leaves the old definition in force, and the record in the log lets the exchange begin anew.
 */
final class Succession implements AutoCloseable {

    /** Replaced states are kept for so long, by the clock of the log. */
    static final Duration KEPT = Duration.ofDays(7);

    private final InputLog log;
    private final StateStore store;
    private final Runnable onCommit;
    private final Runnable onFolded;
    private final HostOptions options;
    private final Map<String, Definition> known = new HashMap<>();
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
        return new Worker(definition, log, store, onCommit, onFolded, options);
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
    }

    private void activate(long position, Logged.Activated activated) {
        Activation before = latest();
        long clock = worker.progress().latestMillis();
        Definition next = inForce(
                new Activation(position, clock, activated.definition(), activated.semantics(), new TreeMap<>(), 0));
        Difference difference = Difference.between(definition, next);
        int generation = store.generation();
        if (!difference.isLayoutKept()) {
            generation = store.generations().last() + 1;
            store.beginGeneration(generation);
            new Filling(definition, next, difference, log, store, position).fill(generation, position);
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
            store.commit(batch);
        }
        worker.close();
        definition = next;
        worker = newWorker();
        worker.lookAhead();
        dropOld(clock);
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
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).atMillis() > clock - KEPT.toMillis()) {
                kept.add(all.get(i - 1).generation());
            }
        }
        store.generations().stream().filter(each -> !kept.contains(each)).forEach(store::dropGeneration);
    }

    @Override
    public void close() {
        worker.close();
    }
}
