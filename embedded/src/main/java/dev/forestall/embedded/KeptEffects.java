package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Effects that came about since the last commit, in the order of the log: they belong to the record already, and go into the store with
 * the next commit. For one thread, which adds them in that order: by it they are found.
 */
final class KeptEffects {

    /** Where nothing waits to be committed. */
    static final long NONE = Long.MAX_VALUE;

    private long first;
    private final List<Kept> said = new ArrayList<>();
    private final List<Kept> hindsight = new ArrayList<>();

    /** An effect and where it is kept. A message is kept with whom it is told to, at the tick at which it is delivered. */
    private record Kept(long position, SubjectId subject, int index, Effect effect) {}

    /** @param first the position from which on effects are here and not in the store; {@link #NONE} when all are there */
    KeptEffects(long first) {
        this.first = first;
    }

    /** Whether effects at a position are here, and not in the store. */
    boolean hasThoseAt(long position) {
        return position >= first;
    }

    /** Keeps what is to be handed out with the next commit. */
    void say(long position, SubjectId subject, int index, Effect effect) {
        said.add(new Kept(position, subject, index, effect));
    }

    /** Keeps what was found in hindsight: for the record only. */
    void find(long position, SubjectId customer, int index, Effect effect) {
        hindsight.add(new Kept(position, Keys.hindsight(customer), index, effect));
    }

    /** How many wait, those found in hindsight included. */
    int size() {
        return said.size() + hindsight.size();
    }

    Optional<Effect> said(EffectId id) {
        return at(said, id.position()).stream()
                .filter(each -> each.index == id.index() && each.subject.equals(id.subject()))
                .map(Kept::effect)
                .findFirst();
    }

    /** Messages delivered at a tick, in the order of their delivery. */
    List<Effect.SendMessage> messages(long position) {
        List<Effect.SendMessage> messages = new ArrayList<>();
        for (Kept each : at(said, position)) {
            if (each.index >= Worker.FIRST_MESSAGE) {
                messages.add((Effect.SendMessage) each.effect);
            }
        }
        return messages;
    }

    /** What was found about a customer with the input at a position. */
    List<Effect> hindsight(long position, SubjectId customer) {
        SubjectId key = Keys.hindsight(customer);
        return at(hindsight, position).stream()
                .filter(each -> each.subject.equals(key))
                .map(Kept::effect)
                .toList();
    }

    private static List<Kept> at(List<Kept> all, long position) {
        return all.subList(place(all, position), place(all, position + 1));
    }

    /** The index of the first at or behind a position. */
    private static int place(List<Kept> all, long position) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (all.get(middle).position < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void write(StateStore.Batch batch) {
        EffectCodec codec = new EffectCodec();
        said.forEach(each -> write(each, codec, batch));
        hindsight.forEach(each -> write(each, codec, batch));
    }

    private static void write(Kept each, EffectCodec codec, StateStore.Batch batch) {
        batch.effect(new StateStore.Effect(each.position, Keys.of(each.subject), each.index, codec.write(each.effect)));
    }

    /** The store has those before a position. */
    void clear(long position) {
        first = position;
        said.clear();
        hindsight.clear();
    }
}
