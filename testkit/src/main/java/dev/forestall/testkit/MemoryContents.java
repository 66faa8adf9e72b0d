package dev.forestall.testkit;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.loop.host.StateStore.Wake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a {@link MemoryStateStore} holds, in the orders that the interface promises. Not thread-safe. */
final class MemoryContents {

    private static final Comparator<Wake> BY_INSTANT =
            Comparator.comparingLong(Wake::atMillis).thenComparing(Wake::subject, Arrays::compareUnsigned);

    private static final Comparator<Effect> BY_CAUSE = Comparator.comparingLong(Effect::position)
            .thenComparing(Effect::subject, Arrays::compareUnsigned)
            .thenComparingInt(Effect::index);

    final TreeMap<byte[], Saved> subjects = new TreeMap<>(Arrays::compareUnsigned);
    final TreeSet<Wake> wakes = new TreeSet<>(BY_INSTANT);
    final TreeMap<Effect, Effect> effects = new TreeMap<>(BY_CAUSE);
    final TreeMap<byte[], TreeSet<Long>> inputs = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<byte[], byte[]> nodes = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<String, byte[]> named = new TreeMap<>();
    long position;

    /** One thing that a commit does. */
    interface Change {
        void to(MemoryContents contents);
    }

    void apply(List<Change> changes) {
        changes.forEach(change -> change.to(this));
    }

    MemoryContents copy() {
        var copy = new MemoryContents();
        copy.subjects.putAll(subjects);
        copy.wakes.addAll(wakes);
        copy.effects.putAll(effects);
        inputs.forEach((subject, positions) -> copy.inputs.put(subject, new TreeSet<>(positions)));
        copy.nodes.putAll(nodes);
        copy.named.putAll(named);
        copy.position = position;
        return copy;
    }

    void retain(long fromPosition) {
        effects.keySet().removeIf(effect -> effect.position() < fromPosition);
        inputs.values().forEach(positions -> positions.headSet(fromPosition).clear());
        inputs.values().removeIf(TreeSet::isEmpty);
    }

    private void put(byte[] subject, Saved saved, long wakeBefore) {
        endWake(subject, wakeBefore);
        subjects.put(subject, saved);
        if (saved.wakeMillis() != StateStore.NEVER) {
            wakes.add(new Wake(saved.wakeMillis(), subject));
        }
    }

    private void remove(byte[] subject, long wakeBefore) {
        endWake(subject, wakeBefore);
        subjects.remove(subject);
        inputs.remove(subject);
    }

    private void endWake(byte[] subject, long wakeBefore) {
        var saved = subjects.get(subject);
        var wake = saved == null ? StateStore.NEVER : saved.wakeMillis();
        if (wake != wakeBefore) {
            throw new IllegalArgumentException(
                    "the host says that the subject's wake-up is " + wakeBefore + " until now, but it is " + wake);
        }
        wakes.remove(new Wake(wake, subject));
    }

    private void note(byte[] subject, long[] positions) {
        var known = inputs.computeIfAbsent(subject, unused -> new TreeSet<>());
        for (var each : positions) {
            if (!known.isEmpty() && each <= known.last()) {
                throw new IllegalArgumentException(
                        "input " + each + " of a subject was noted behind its input " + known.last());
            }
            known.add(each);
        }
    }

    /** A batch: what it is told, copied. */
    static final class Changes implements StateStore.Batch {

        private List<Change> changes = new ArrayList<>();

        List<Change> take() {
            var taken = changes;
            changes = new ArrayList<>();
            return taken;
        }

        private Changes add(Change change) {
            changes.add(change);
            return this;
        }

        @Override
        public Changes put(byte[] subject, Saved saved, long wakeBefore) {
            var key = subject.clone();
            var copy = new Saved(saved.state().clone(), saved.wakeMillis());
            return add(contents -> contents.put(key, copy, wakeBefore));
        }

        @Override
        public Changes remove(byte[] subject, long wakeBefore) {
            var key = subject.clone();
            return add(contents -> contents.remove(key, wakeBefore));
        }

        @Override
        public Changes inputs(byte[] subject, long... positions) {
            var key = subject.clone();
            var copy = positions.clone();
            return add(contents -> contents.note(key, copy));
        }

        @Override
        public Changes effect(Effect effect) {
            var copy = new Effect(
                    effect.position(),
                    effect.subject().clone(),
                    effect.index(),
                    effect.bytes().clone());
            return add(contents -> contents.effects.put(copy, copy));
        }

        @Override
        public Changes dropEffect(long position, byte[] subject, int index) {
            var key = new Effect(position, subject.clone(), index, new byte[0]);
            return add(contents -> contents.effects.remove(key));
        }

        @Override
        public Changes node(byte[] identifier, byte[] value) {
            var key = identifier.clone();
            var copy = value.clone();
            return add(contents -> contents.nodes.put(key, copy));
        }

        @Override
        public Changes position(long position) {
            return add(contents -> contents.position = position);
        }

        @Override
        public Changes named(String name, byte[] value) {
            var copy = value.clone();
            return add(contents -> contents.named.put(name, copy));
        }

        @Override
        public void close() {}
    }
}
