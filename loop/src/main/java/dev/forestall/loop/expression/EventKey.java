package dev.forestall.loop.expression;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which of several things of a kind (orders, applications) an event is about. Immutable. */
public final class EventKey {

    /** For things of which a subject has one at a time: every event is about it. */
    public static final EventKey ONE = new EventKey("", -1, new int[0]);

    private final String name;
    private final int identifier;
    private final int[] slotByType;

    private EventKey(String name, int identifier, int[] slotByType) {
        this.name = name;
        this.identifier = identifier;
        this.slotByType = slotByType;
    }

    /**
     * By an identifier or by a text property of that name.
     *
     * @throws IllegalArgumentException when no event of the plan carries it
     */
    public static EventKey named(TrackingPlan plan, String name) {
        var identifier = plan.identifier(name);
        if (identifier.isPresent()) {
            return new EventKey(name, identifier.get(), new int[0]);
        }
        int[] slots = new int[plan.types().size()];
        Arrays.fill(slots, -1);
        for (EventType type : plan.types()) {
            type.property(name)
                    .filter(property -> property.type().isText())
                    .map(Property::slot)
                    .ifPresent(slot -> slots[type.index()] = slot);
        }
        if (Arrays.stream(slots).allMatch(slot -> slot < 0)) {
            throw new IllegalArgumentException("no event carries a text '" + name + "'");
        }
        return new EventKey(name, -1, slots);
    }

    /** The key, or null when the event does not say. */
    public @Nullable String of(Event event) {
        if (identifier >= 0) {
            return event.identifier(identifier);
        }
        if (slotByType.length == 0) {
            return "";
        }
        int slot = slotByType[event.type().index()];
        return slot < 0 ? null : event.text(slot);
    }

    public String name() {
        return name;
    }
}
