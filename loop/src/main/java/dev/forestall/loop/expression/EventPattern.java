package dev.forestall.loop.expression;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import java.util.BitSet;
import java.util.List;

/** Which events are meant: one of some types, for which a condition holds. Immutable. */
public final class EventPattern {

    private final BitSet types = new BitSet();
    private final Condition condition;
    private final boolean conditional;
    private final String text;

    /**
     * @param types any of them
     * @param condition what must hold as well; {@link Condition#ALWAYS} for nothing
     * @param text as the pack wrote it, for people
     */
    public EventPattern(List<EventType> types, Condition condition, String text) {
        types.forEach(type -> this.types.set(type.index()));
        this.condition = condition;
        this.conditional = condition != Condition.ALWAYS;
        this.text = text;
    }

    public boolean matches(Event event, Scope scope) {
        return types.get(event.type().index()) && (!conditional || condition.holds(scope));
    }

    /** Whether an event of a type can ever match. */
    public boolean concerns(EventType type) {
        return types.get(type.index());
    }

    /** The indexes of the event types that can match. */
    public BitSet types() {
        return (BitSet) types.clone();
    }

    @Override
    public String toString() {
        return text;
    }
}
