package dev.forestall.testkit;

import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateStore.Effect;
import dev.forestall.loop.host.StateStore.Saved;
import dev.forestall.loop.host.StateStore.Wake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a {@link MemoryStateStore} holds, in the orders that the interface promises. Not thread-safe. */
final class MemoryContents {

    private static final Comparator<Wake> BY_INSTANT =
            Comparator.comparingLong(Wake::atMillis).thenComparing(Wake::subject, Arrays::compareUnsigned);

    private static final Comparator<Effect> BY_CAUSE = Comparator.comparingLong(Effect::position)
            .thenComparing(Effect::subject, Arrays::compareUnsigned)
            .thenComparingInt(Effect::index);

    final TreeMap<Integer, States> generations = new TreeMap<>(Map.of(0, new States()));
    int live;
    final TreeMap<Effect, Effect> effects = new TreeMap<>(BY_CAUSE);
    final TreeMap<byte[], TreeSet<Long>> inputs = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<byte[], byte[]> nodes = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<String, byte[]> named = new TreeMap<>();
    long position;

    /** States and wake-ups of one generation. */
    static final class States {
        final TreeMap<byte[], Saved> subjects = new TreeMap<>(Arrays::compareUnsigned);
        final TreeSet<Wake> wakes = new TreeSet<>(BY_INSTANT);

        private States copy() {
            var copy = new States();
            copy.subjects.putAll(subjects);
            copy.wakes.addAll(wakes);
            return copy;
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
    }

    States live() {
        return generation(live);
    }

    States generation(int generation) {
        var states = generations.get(generation);
        if (states == null) {
            throw new IllegalStateException("there is no generation " + generation);
        }
        return states;
    }

    /** One thing that a commit does. */
    interface Change {
        void to(MemoryContents contents);
    }

    void apply(List<Change> changes) {
        changes.forEach(change -> change.to(this));
    }

    MemoryContents copy() {
        var copy = new MemoryContents();
        generations.forEach((number, states) -> copy.generations.put(number, states.copy()));
        copy.live = live;
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

    private void remove(byte[] subject, long wakeBefore) {
        live().remove(subject, wakeBefore);
        inputs.remove(subject);
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
        private Change last = contents -> {};

        List<Change> take() {
            var taken = changes;
            taken.add(last);
            changes = new ArrayList<>();
            last = contents -> {};
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
            return add(contents -> contents.live().put(key, copy, wakeBefore));
        }

        @Override
        public Changes put(int generation, byte[] subject, Saved saved, long wakeBefore) {
            var key = subject.clone();
            var copy = new Saved(saved.state().clone(), saved.wakeMillis());
            return add(contents -> {
                if (copy.state().length == 0) {
                    contents.generation(generation).remove(key, wakeBefore);
                } else {
                    contents.generation(generation).put(key, copy, wakeBefore);
                }
            });
        }

        /** Last of all: the other changes are of the generation that is live until now. */
        @Override
        public Changes live(int generation) {
            last = contents -> contents.live = generation;
            return this;
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
