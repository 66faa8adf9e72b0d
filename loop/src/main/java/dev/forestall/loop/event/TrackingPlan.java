package dev.forestall.loop.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** All events that may happen, what they carry, and the identifiers by which they name subjects. Immutable. */
public final class TrackingPlan {

    private final List<EventType> types;
    private final List<IdentifierType> identifiers;
    private final SequencedMap<String, EventType> byName = new LinkedHashMap<>();

    /**
     * @param types by index
     * @param identifiers of all subject kinds; their order is the order of {@link Event#identifier(int)}
     */
    public TrackingPlan(List<EventType> types, List<IdentifierType> identifiers) {
        this.types = List.copyOf(types);
        this.identifiers = List.copyOf(identifiers);
        for (int index = 0; index < types.size(); index++) {
            EventType type = types.get(index);
            if (type.index() != index || byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("event " + type.name() + " stands at the wrong place or twice");
            }
        }
    }

    public List<EventType> types() {
        return types;
    }

    public List<IdentifierType> identifiers() {
        return identifiers;
    }

    public Optional<EventType> type(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** For readers of millions of events: as {@link #type}, without the wrapping. */
    public @Nullable EventType typeOrNull(String name) {
        return byName.get(name);
    }

    /** The place of an identifier in {@link Event#identifier(int)}. */
    public Optional<Integer> identifier(String name) {
        for (int index = 0; index < identifiers.size(); index++) {
            if (identifiers.get(index).name().equals(name)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** The names of all events, for suggestions when somebody mistypes one. */
    public Map<String, EventType> byName() {
        return java.util.Collections.unmodifiableSequencedMap(byName);
    }
}
