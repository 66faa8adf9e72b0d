package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that one writer is responsible for. Reads states from the store, keeps those that changed and the ones lately used in
 * memory, and says what to commit. For one thread at a time.
 *
 * <p>Without a store it keeps all subjects in memory: for benchmarks and for learning, where nothing needs to survive.
 */
public final class Partition {

    /** Roughly what a subject takes in memory beside its state: id, key, place in the table. */
    private static final int HELD_BYTES = 150;

    private final Loop loop;
    private final @Nullable StateStore store;
    private final long cacheBytes;
    private final OpenSubjects open;
    private final PriorityQueue<Queued> queue = new PriorityQueue<>();

    private final List<Held> dirty = new ArrayList<>();
    private final List<Produced> produced = new ArrayList<>();

    /** Two generations: what is used moves to the young one; when that is full, the old one is forgotten. */
    private HeldSubjects young = new HeldSubjects();

    private HeldSubjects old = new HeldSubjects();
    private long youngBytes;
    private long late;
    private boolean notesCustomers = true;

    private record Queued(long atMillis, Held held) implements Comparable<Queued> {
        @Override
        public int compareTo(Queued other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : held.subject.compareTo(other.held.subject);
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
        this.open = new OpenSubjects(loop, grown -> youngBytes += grown);
    }

    /** A subject as it is held in memory until the next commit. */
    Held held(SubjectId subject) {
        Held held = find(subject.kind(), subject.key());
        return held != null ? held : read(subject);
    }

    /**
     * As {@link #held(SubjectId)}, for a subject that is most often known already; null when the key is empty and so names nobody.
     *
     * @param hash of the subject, as {@link SubjectId#hash} gives it
     */
    @Nullable
    Held held(int hash, String kind, String key) {
        Held held = find(hash, kind, key);
        return held != null || key.isEmpty() ? held : read(new SubjectId(kind, key));
    }

    /** Somebody else notes which inputs concern a customer, because that can change. */
    void leaveNotingOfCustomers() {
        notesCustomers = false;
    }

    /** Gives a subject another past: the state and wake-up that follow from it. {@link State#EMPTY} drops the subject. */
    void replace(SubjectId subject, State state, long wakeMillis) {
        Held held = held(subject);
        open.close(held);
        changed(held, held.wakeMillis);
        youngBytes += state.size() - held.size();
        held.set(state);
        held.wakeMillis = wakeMillis;
        if (wakeMillis < held.queuedMillis) {
            held.queuedMillis = wakeMillis;
            queue.add(new Queued(wakeMillis, held));
        }
    }

    /** Lets an input reach a subject. Answers whether it had effects. */
    public boolean step(SubjectId subject, Input input) {
        return step(held(subject), input);
    }

    /** As {@link #step(SubjectId, Input)}, for a subject held since the last commit. */
    boolean step(Held held, Input input) {
        long wakeBefore = held.wakeMillis;
        if (input instanceof Input.TimeAdvanced advanced && wakeBefore >= advanced.atMillis()) {
            return false;
        }
        List<Effect> effects;
        if (input instanceof Input.MessageReceived) {
            State before = state(held);
            effects = step(open.open(held), input);
            if (effects.isEmpty() && state(held).equals(before)) {
                return false;
            }
        } else {
            effects = step(open.open(held), input);
        }
        if (loop.isLate()) {
            late++;
        }
        if (store != null) {
            changed(held, wakeBefore).note(input.position());
        }
        if (held.wakeMillis < held.queuedMillis) {
            held.queuedMillis = held.wakeMillis;
            queue.add(new Queued(held.wakeMillis, held));
        }
        if (effects.isEmpty()) {
            return false;
        }
        produced.add(new Produced(input.position(), held.subject, effects));
        return true;
    }

    private List<Effect> step(OpenSubjects.Open opened, Input input) {
        List<Effect> effects = loop.step(opened.held.subject, opened.cells, input);
        opened.isAhead = true;
        opened.held.wakeMillis = opened.cells.nextWake();
        return effects;
    }

    private State state(Held held) {
        open.write(held);
        return held.state();
    }

    private Held.Changes changed(Held held, long wakeBefore) {
        Held.Changes changes = held.changes;
        if (changes == null) {
            changes = new Held.Changes(wakeBefore);
            held.changes = changes;
            dirty.add(held);
        }
        return changes;
    }

    /** Adds the changed subjects, cohorts or all others, that want to be woken before an instant. */
    void addDue(long beforeMillis, boolean cohorts, List<SubjectId> due) {
        if (!isDue(beforeMillis)) {
            return;
        }
        List<Queued> others = new ArrayList<>();
        while (isDue(beforeMillis)) {
            Queued first = queue.remove();
            Held held = first.held;
            held.queuedMillis = StateStore.NEVER;
            if (held.wakeMillis != first.atMillis) {
                // It has changed its mind since.
                if (held.wakeMillis != StateStore.NEVER) {
                    held.queuedMillis = held.wakeMillis;
                    queue.add(new Queued(held.wakeMillis, held));
                }
            } else if (held.subject.isOnWatermark() == cohorts) {
                due.add(held.subject);
            } else {
                others.add(first);
            }
        }
        for (Queued each : others) {
            each.held.queuedMillis = each.atMillis;
            queue.add(each);
        }
    }

    private boolean isDue(long beforeMillis) {
        Queued first = queue.peek();
        return first != null && first.atMillis < beforeMillis;
    }

    /** Whether the subject has changed since the last commit, so that what the store says of its wake-up is out of date. */
    boolean isDirty(SubjectId subject) {
        Held held = find(subject.kind(), subject.key());
        return held != null && held.changes != null;
    }

    /** The state of a subject as it stands now. */
    public State state(SubjectId subject) {
        return state(held(subject));
    }

    /** Takes the effects of all steps since the last call, in the order of stepping. */
    List<Produced> takeProduced() {
        List<Produced> taken = new ArrayList<>(produced);
        produced.clear();
        return taken;
    }

    /** As {@link #takeProduced}, for those who only count: shows each step's effects and forgets them. */
    public void drain(Consumer<List<Effect>> effects) {
        if (produced.isEmpty()) {
            return;
        }
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
            step(subject, new Input.TimeAdvanced(position, 0, atMillis));
        }
    }

    /** Inputs that were older than something their subject had seen, since the last call. */
    long takeLate() {
        long taken = late;
        late = 0;
        return taken;
    }

    /** Shows whoever has changed since the last commit. */
    void forEachChanged(Consumer<SubjectId> taker) {
        dirty.forEach(held -> taker.accept(held.subject));
    }

    /** Writes all that changed into a batch. */
    void write(StateStore.Batch batch) {
        for (Held held : dirty) {
            Held.Changes changes = java.util.Objects.requireNonNull(held.changes);
            byte[] key = Keys.of(held.subject);
            State state = state(held);
            if (state.isEmpty()) {
                batch.remove(key, changes.committedWakeMillis);
                continue;
            }
            batch.put(key, new StateStore.Saved(state.bytes(), held.wakeMillis), changes.committedWakeMillis);
            if (notesCustomers || !held.subject.isCustomer()) {
                batch.inputs(key, changes.positions());
            }
        }
    }

    /** The batch has been committed: what is in memory equals the store. */
    void committed() {
        for (Held held : dirty) {
            held.committed();
        }
        dirty.clear();
        queue.clear();
        if (youngBytes > cacheBytes / 2) {
            open.closeAll();
            old = young;
            young = new HeldSubjects();
            youngBytes = 0;
        }
    }

    /** Whether subjects lately used take as much memory as they may. What has changed can be let go only by a commit. */
    boolean isFull() {
        return youngBytes > cacheBytes;
    }

    /** How many subjects are in memory. */
    public int size() {
        return young.size() + old.size();
    }

    private @Nullable Held find(String kind, String key) {
        return find(SubjectId.hash(kind, key), kind, key);
    }

    /** Who is in memory, or null. It stays the one that is held of the subject until the next commit. */
    private @Nullable Held find(int hash, String kind, String key) {
        Held held = young.find(hash, kind, key);
        if (held == null && old.size() > 0) {
            held = old.remove(hash, kind, key);
            if (held != null) {
                keep(held);
            }
        }
        return held;
    }

    private Held read(SubjectId subject) {
        Held held = new Held(subject);
        if (store != null) {
            store.get(Keys.of(subject)).ifPresent(saved -> {
                held.set(State.of(saved.state()));
                held.wakeMillis = saved.wakeMillis();
            });
        }
        keep(held);
        return held;
    }

    private void keep(Held held) {
        young.add(held);
        youngBytes += held.size() + HELD_BYTES;
    }
}
