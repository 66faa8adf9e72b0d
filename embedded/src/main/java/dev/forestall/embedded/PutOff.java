package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What was put off because it takes long: customers whose past turned out to be another one, and what that past would have said. It follows
 * from the log alone, and is kept with the commit it belongs to. For one thread.
 */
final class PutOff {

    private static final String NAME = "put-off";

    private final TreeMap<Key, SubjectId> folds = new TreeMap<>();
    private final TreeMap<Key, SubjectId> hindsight = new TreeMap<>();
    private boolean isChanged;

    /**
     * Names one.
     *
     * @param position at which it was put off
     * @param index which one of those at that position
     */
    record Key(long position, int index) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byPosition = Long.compare(position, other.position);
            return byPosition != 0 ? byPosition : Integer.compare(index, other.index);
        }
    }

    /** As a store has it. */
    static PutOff of(StateView store) {
        PutOff read = new PutOff();
        store.named(NAME).ifPresent(bytes -> {
            Reader from = new Reader(bytes);
            read(from, read.folds);
            read(from, read.hindsight);
        });
        return read;
    }

    /** How much there is. */
    int size() {
        return folds.size() + hindsight.size();
    }

    boolean isEmpty() {
        return folds.isEmpty() && hindsight.isEmpty();
    }

    /** A customer's past is to be worked out; what was put off of the same customer earlier is not needed any more. */
    void fold(Key key, SubjectId customer) {
        dropFold(customer);
        folds.put(key, customer);
        isChanged = true;
    }

    /** A customer's past need not be worked out any more. */
    void dropFold(SubjectId customer) {
        isChanged |= folds.values().remove(customer);
    }

    /** Takes one that is to be worked out; empty when it is not needed any more. */
    Optional<SubjectId> takeFold(Key key) {
        SubjectId taken = folds.remove(key);
        isChanged |= taken != null;
        return Optional.ofNullable(taken);
    }

    /** What a customer's past would have said is to be noted, as of a position. */
    void note(long position, SubjectId customer) {
        hindsight.put(new Key(position, 0), customer);
        isChanged = true;
    }

    /** Takes one that is to be noted; empty when it is not needed any more. */
    Optional<SubjectId> takeNote(long position) {
        SubjectId taken = hindsight.remove(new Key(position, 0));
        isChanged |= taken != null;
        return Optional.ofNullable(taken);
    }

    /** Whether something of a customer is still to be noted: what comes later must not be noted before. */
    boolean isToBeNoted(SubjectId customer) {
        return hindsight.containsValue(customer);
    }

    boolean isToBeFolded(Key key, SubjectId customer) {
        return customer.equals(folds.get(key));
    }

    SequencedMap<Key, SubjectId> folds() {
        return folds;
    }

    SequencedMap<Key, SubjectId> hindsight() {
        return hindsight;
    }

    /** Forgets customers. */
    void forget(Collection<SubjectId> customers) {
        isChanged |= folds.values().removeAll(customers);
        isChanged |= hindsight.values().removeAll(customers);
    }

    void write(StateStore.Batch batch) {
        if (isChanged) {
            Writer to = new Writer();
            List.of(folds, hindsight).forEach(each -> write(to, each));
            batch.named(NAME, to.toBytes());
        }
    }

    void committed() {
        isChanged = false;
    }

    private static void write(Writer to, TreeMap<Key, SubjectId> all) {
        to.count(all.size());
        all.forEach((key, customer) ->
                to.count(key.position).count(key.index).text(customer.kind()).text(customer.key()));
    }

    private static void read(Reader from, TreeMap<Key, SubjectId> into) {
        for (int left = from.size(); left > 0; left--) {
            Key key = new Key(from.count(), from.size());
            into.put(key, new SubjectId(from.text(), from.text()));
        }
    }
}
