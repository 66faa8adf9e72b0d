package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that one writer is responsible for. Reads states from the store, keeps those that changed and the ones lately used in
 * memory, and says what to commit. For one thread at a time.
 *
 * <p>Without a store it keeps all subjects in memory: for benchmarks and for learning, where nothing needs to survive.
 */
public final class Partition {

    /** Roughly what a subject takes in memory beside its state: keys, map entry, holder. */
    private static final int HELD_BYTES = 200;

    private final Loop loop;
    private final @Nullable StateStore store;
    private final long cacheBytes;
    private final PriorityQueue<Queued> queue = new PriorityQueue<>();
    private final List<SubjectId> dirty = new ArrayList<>();
    private final List<Produced> produced = new ArrayList<>();

    /** Two generations: what is used moves to the young one; when that is full, the old one is forgotten. */
    private Map<SubjectId, Held> young = new HashMap<>();

    private Map<SubjectId, Held> old = new HashMap<>();
    private long youngBytes;
    private long late;

    private record Queued(long atMillis, SubjectId subject) implements Comparable<Queued> {
        @Override
        public int compareTo(Queued other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : subject.compareTo(other.subject);
        }
    }

    /**
     * @param store where states are read from; null to keep everything in memory
     * @param cacheBytes how much memory states lately used may take, roughly
     */
    public Partition(Definition definition, @Nullable StateStore store, long cacheBytes) {
        this.loop = new Loop(definition);
        this.store = store;
        this.cacheBytes = cacheBytes;
    }

    /** Lets an input reach a subject. Answers whether it had effects. */
    public boolean step(SubjectId subject, Input input) {
        Held held = held(subject);
        State before = held.state();
        Step step = loop.step(subject, before, input);
        boolean isEvent = input instanceof Input.Happened;
        if (step.isLate()) {
            late++;
        }
        if (!isEvent && step.effects().isEmpty() && step.next().equals(before)) {
            return false;
        }
        youngBytes += step.next().size() - before.size();
        held.state(step.next());
        held.wakeMillis = step.wakeMillis();
        if (!held.isDirty) {
            held.isDirty = true;
            if (store != null) {
                dirty.add(subject);
            }
        }
        if (store != null) {
            held.note(input.position());
        }
        if (held.wakeMillis < held.queuedMillis) {
            held.queuedMillis = held.wakeMillis;
            queue.add(new Queued(held.wakeMillis, subject));
        }
        if (!step.effects().isEmpty()) {
            produced.add(new Produced(input.position(), subject, step.effects()));
        }
        return !step.effects().isEmpty();
    }

    /** Adds the changed subjects, cohorts or all others, that want to be woken before an instant. */
    void addDue(long beforeMillis, boolean cohorts, List<SubjectId> due) {
        List<Queued> others = new ArrayList<>();
        Queued first = queue.peek();
        while (first != null && first.atMillis < beforeMillis) {
            queue.remove();
            Held held = held(first.subject);
            held.queuedMillis = StateStore.NEVER;
            if (held.wakeMillis != first.atMillis) {
                // It has changed its mind since.
                if (held.wakeMillis != StateStore.NEVER) {
                    held.queuedMillis = held.wakeMillis;
                    queue.add(new Queued(held.wakeMillis, first.subject));
                }
            } else if (first.subject.isCohort() == cohorts) {
                due.add(first.subject);
            } else {
                others.add(first);
            }
            first = queue.peek();
        }
        for (Queued each : others) {
            held(each.subject).queuedMillis = each.atMillis;
            queue.add(each);
        }
    }

    /** Whether the subject has changed since the last commit, so that what the store says of its wake-up is out of date. */
    boolean isDirty(SubjectId subject) {
        Held held = find(subject);
        return held != null && held.isDirty;
    }

    /** The state of a subject as it stands now. */
    public State state(SubjectId subject) {
        return held(subject).state();
    }

    /** Takes the effects of all steps since the last call, in the order of stepping. */
    List<Produced> takeProduced() {
        List<Produced> taken = new ArrayList<>(produced);
        produced.clear();
        return taken;
    }

    /** As {@link #takeProduced}, for those who only count: shows each step's effects and forgets them. */
    public void drain(java.util.function.Consumer<List<dev.forestall.loop.Effect>> effects) {
        for (Produced each : produced) {
            effects.accept(each.effects());
        }
        produced.clear();
    }

    /** Lets time pass for every subject that wants to be woken before an instant. */
    public void pass(long position, long atMillis) {
        List<SubjectId> due = new ArrayList<>();
        addDue(atMillis, false, due);
        for (SubjectId subject : due) {
            step(subject, new Input.Passed(position, 0, atMillis));
        }
    }

    /** Inputs that were older than something their subject had seen, since the last call. */
    long takeLate() {
        long taken = late;
        late = 0;
        return taken;
    }

    /** Writes all that changed into a batch. */
    void write(StateStore.Batch batch) {
        for (SubjectId subject : dirty) {
            Held held = held(subject);
            byte[] key = Keys.of(subject);
            batch.put(key, new StateStore.Saved(held.state().bytes(), held.wakeMillis), held.committedWakeMillis);
            batch.inputs(key, held.positions());
        }
    }

    /** The batch has been committed: what is in memory equals the store. */
    void committed() {
        for (SubjectId subject : dirty) {
            held(subject).committed();
        }
        dirty.clear();
        queue.clear();
        if (youngBytes > cacheBytes / 2) {
            old = young;
            young = new HashMap<>();
            youngBytes = 0;
        }
    }

    /** How many subjects are in memory. */
    public int size() {
        return young.size() + old.size();
    }

    private @Nullable Held find(SubjectId subject) {
        Held held = young.get(subject);
        return held != null ? held : old.get(subject);
    }

    private Held held(SubjectId subject) {
        Held held = young.get(subject);
        if (held != null) {
            return held;
        }
        held = old.remove(subject);
        if (held == null) {
            held = read(subject);
        }
        young.put(subject, held);
        youngBytes += held.state().size() + HELD_BYTES;
        return held;
    }

    private Held read(SubjectId subject) {
        Held held = new Held();
        if (store != null) {
            store.get(Keys.of(subject)).ifPresent(saved -> {
                held.state(State.of(saved.state()));
                held.wakeMillis = saved.wakeMillis();
                held.committedWakeMillis = saved.wakeMillis();
            });
        }
        return held;
    }
}
