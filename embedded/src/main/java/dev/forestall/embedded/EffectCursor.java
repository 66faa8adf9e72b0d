package dev.forestall.embedded;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads what was said from a place on, and knows the place behind what it has read. What was found in hindsight is passed over. */
final class EffectCursor implements Cursor<History.Noted> {

    private final Cursor<StateStore.Effect> stored;
    private EffectOffset next;
    private StateStore.@Nullable Effect ahead;

    EffectCursor(StateView store, EffectOffset from) {
        this.next = new EffectOffset(from.position(), 0);
        this.stored = store.effects(from.position());
        while (next.compareTo(from) < 0 && hasNext() && peek().position() == from.position()) {
            skip();
        }
        if (next.compareTo(from) < 0) {
            next = from;
        }
    }

    /** The place behind the last one that was read. */
    EffectOffset place() {
        return next;
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && stored.hasNext()) {
            StateStore.Effect candidate = stored.next();
            if (!Keys.isHindsight(candidate.subject()) && !Keys.isTombstone(candidate.subject())) {
                ahead = candidate;
            }
        }
        return ahead != null;
    }

    /** Whether the next one, if there is one, is of the same position as the last. */
    boolean isWithinPosition() {
        return hasNext() && peek().position() == next.position();
    }

    private StateStore.Effect peek() {
        StateStore.Effect found = hasNext() ? ahead : null;
        if (found == null) {
            throw new NoSuchElementException("there are no more effects");
        }
        return found;
    }

    /** Passes over one. */
    StateStore.Effect skip() {
        StateStore.Effect found = peek();
        ahead = null;
        int index = found.position() == next.position() ? next.index() : 0;
        next = new EffectOffset(found.position(), index + 1);
        return found;
    }

    @Override
    public History.Noted next() {
        StateStore.Effect found = skip();
        return new History.Noted(EffectCodec.read(found.bytes()), found.position());
    }

    @Override
    public void close() {
        stored.close();
    }
}
