package dev.forestall.loop.event;

import java.util.List;
import java.util.Optional;

/**
 * One kind of event in the tracking plan.
 *
 * @param name as the pack writes it
 * @param index its place in the tracking plan, from 0
 * @param properties what such an event says, by slot
 */
public record EventType(String name, int index, List<Property> properties) {

    /** Presence is kept in one 64-bit word. */
    public static final int MAX_PROPERTIES = 64;

    public EventType {
        properties = List.copyOf(properties);
        if (properties.size() > MAX_PROPERTIES) {
            throw new IllegalArgumentException("event " + name + " declares " + properties.size()
                    + " properties; at most " + MAX_PROPERTIES + " are possible");
        }
        for (int slot = 0; slot < properties.size(); slot++) {
            if (properties.get(slot).slot() != slot) {
                throw new IllegalArgumentException(
                        "event " + name + ": property " + properties.get(slot).name() + " does not stand at its slot");
            }
        }
    }

    public Optional<Property> property(String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    /** Types are compared as the tracking plan's own objects; the name is enough to tell them apart. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof EventType type
                        && type.index == index
                        && type.name.equals(name)
                        && type.properties.equals(properties);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
