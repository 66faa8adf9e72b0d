package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The record of effects. What was said stays as it was said, under the name the customer had then. When a customer's past turns out to be
 * another one, what follows from it in hindsight is added under the input that showed it, and is never handed out: nothing is done twice.
 */
final class EffectRecord {

    private final StateView store;
    private final Filing filing;
    private final KeptEffects kept;
    private final EffectCodec codec = new EffectCodec();

    /** The record as it is committed. */
    EffectRecord(StateView store) {
        this(store, new Filing(store), new KeptEffects(KeptEffects.NONE));
    }

    /**
     * The record as it will be with the next commit.
     *
     * @param filing where it is noted what was found in hindsight
     * @param kept the effects since the last commit
     */
    EffectRecord(StateView store, Filing filing, KeptEffects kept) {
        this.store = store;
        this.filing = filing;
        this.kept = kept;
    }

    /** What was said, from a position on, in the order of the log. */
    Cursor<Effect> said(long fromPosition) {
        return new Decoded<>(store.effects(fromPosition), false, (effect, position) -> effect);
    }

    /** What is left of effects on those who were erased. */
    static Cursor<Tombstone> tombstones(StateView store) {
        Cursor<StateStore.Effect> all = store.effects(0);
        return new SealedStore.Translated<>(
                all, stored -> Keys.isTombstone(stored.subject()) ? Tombstone.read(stored.bytes()) : null);
    }

    /** What was said at a position. */
    List<Effect> saidAt(long position) {
        List<Effect> effects = new ArrayList<>();
        forEachAt(position, stored -> {
            if (!Keys.isHindsight(stored.subject()) && !Keys.isTombstone(stored.subject())) {
                effects.add(EffectCodec.read(stored.bytes()));
            }
        });
        return effects;
    }

    /** What was said of a subject, under one name, at a position. */
    List<Effect> saidAt(long position, SubjectId subject) {
        List<Effect> effects = new ArrayList<>();
        try (Cursor<StateStore.Effect> cursor = store.effects(position, Keys.of(subject))) {
            while (cursor.hasNext()) {
                StateStore.Effect each = cursor.next();
                if (each.index() < Worker.FIRST_MESSAGE) {
                    effects.add(EffectCodec.read(each.bytes()));
                }
            }
        }
        return effects;
    }

    /** Everything, in the order in which it came to be known. */
    Cursor<History.Noted> all() {
        return new Decoded<>(store.effects(0), true, History.Noted::new);
    }

    /**
     * The effect of an id, as it was known behind a position: by the latest time before it at which the subject's past turned out to be
     * another one, else as it was said.
     *
     * @param fits says whether an effect found in hindsight can be the one: when a definition is exchanged, what is carried goes on to mean
     *     what was said
     */
    Optional<History.Noted> known(EffectId id, long position, Predicate<Effect> fits) {
        for (long rebuilt : rebuilds(id.subject(), position + 1).reversed()) {
            Effect later = hindsightAt(rebuilt, id.subject()).get(id);
            if (later != null && fits.test(later)) {
                return Optional.of(new History.Noted(later, rebuilt));
            }
        }
        return said(id).map(effect -> new History.Noted(effect, id.position()));
    }

    /** An effect as it was said, unless it is a message: those are kept with whom they were told to. */
    Optional<Effect> said(EffectId id) {
        return store.effect(id.position(), Keys.of(id.subject()), id.index()).map(EffectCodec::read);
    }

    /**
     * What the record does not hold, neither as it was said nor in hindsight.
     *
     * @param follow what follows from a customer's past by what is known at a position
     */
    List<Effect> news(SubjectId customer, long position, List<Effect> follow) {
        Known known = knownOf(customer, position);
        return follow.stream().filter(known::isNews).toList();
    }

    /** What is known of a customer by what was noted before a position. */
    Known knownOf(SubjectId customer, long position) {
        SequencedMap<EffectId, Effect> found = new LinkedHashMap<>();
        rebuilds(customer, position).forEach(rebuilt -> found.putAll(hindsightAt(rebuilt, customer)));
        return new Known(found);
    }

    /** What was said of a customer, and what was found in hindsight. */
    final class Known {
        private final SequencedMap<EffectId, Effect> found;

        private Known(SequencedMap<EffectId, Effect> found) {
            this.found = found;
        }

        /** Whether the record holds it neither as it was said nor in hindsight. */
        boolean isNews(Effect effect) {
            return !Arrays.equals(codec.write(effect), knownBytes(effect.id(), found));
        }
    }

    private byte @Nullable [] knownBytes(EffectId id, SequencedMap<EffectId, Effect> hindsight) {
        Effect known = hindsight.get(id);
        if (known == null && kept.hasThoseAt(id.position())) {
            known = kept.said(id).orElse(null);
        }
        return known != null
                ? codec.write(known)
                : store.effect(id.position(), Keys.of(id.subject()), id.index()).orElse(null);
    }

    private List<Long> rebuilds(SubjectId subject, long before) {
        List<Long> rebuilds = new ArrayList<>();
        try (Cursor<Long> all = filing.positions(Keys.hindsight(subject), 0)) {
            while (all.hasNext()) {
                long position = all.next();
                if (position >= before) {
                    break;
                }
                rebuilds.add(position);
            }
        }
        return rebuilds;
    }

    private SequencedMap<EffectId, Effect> hindsightAt(long position, SubjectId subject) {
        SequencedMap<EffectId, Effect> found = new LinkedHashMap<>();
        if (kept.hasThoseAt(position)) {
            kept.hindsight(position, subject).forEach(effect -> found.put(effect.id(), effect));
            return found;
        }
        byte[] key = Keys.of(Keys.hindsight(subject));
        forEachAt(position, stored -> {
            if (Arrays.equals(stored.subject(), key)) {
                Effect effect = EffectCodec.read(stored.bytes());
                found.put(effect.id(), effect);
            }
        });
        return found;
    }

    /** Messages delivered at a tick, in the order of their delivery. */
    List<Effect.SendMessage> messages(long position) {
        if (kept.hasThoseAt(position)) {
            return kept.messages(position);
        }
        SequencedMap<Integer, Effect.SendMessage> byOrder = new TreeMap<>();
        forEachAt(position, stored -> {
            if (stored.index() >= Worker.FIRST_MESSAGE
                    && !Keys.isTombstone(stored.subject())
                    && EffectCodec.read(stored.bytes()) instanceof Effect.SendMessage send) {
                byOrder.put(stored.index(), send);
            }
        });
        return List.copyOf(byOrder.values());
    }

    private void forEachAt(long position, Consumer<StateStore.Effect> each) {
        try (Cursor<StateStore.Effect> cursor = store.effects(position)) {
            while (cursor.hasNext()) {
                StateStore.Effect next = cursor.next();
                if (next.position() != position) {
                    break;
                }
                each.accept(next);
            }
        }
    }

    /** What a reader of effects gets of each. */
    private interface Reading<T> {
        T of(Effect effect, long position);
    }

    /** Effects read back from their bytes, one at a time. */
    private static final class Decoded<T> implements Cursor<T> {
        private final Cursor<StateStore.Effect> stored;
        private final boolean withHindsight;
        private final Reading<T> reading;
        private StateStore.@Nullable Effect next;

        Decoded(Cursor<StateStore.Effect> stored, boolean withHindsight, Reading<T> reading) {
            this.stored = stored;
            this.withHindsight = withHindsight;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            while (next == null && stored.hasNext()) {
                StateStore.Effect candidate = stored.next();
                if (!Keys.isTombstone(candidate.subject())
                        && (withHindsight || !Keys.isHindsight(candidate.subject()))) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public T next() {
            StateStore.Effect found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException("there are no more effects");
            }
            next = null;
            return reading.of(EffectCodec.read(found.bytes()), found.position());
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
