package dev.forestall.pack.expression;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Words;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Looks at events and variables, as closures. */
final class Reading {

    private static final int NOWHERE = -1;

    private final TrackingPlan plan;

    Reading(TrackingPlan plan) {
        this.plan = plan;
    }

    /** The slot of a property by event type; {@link #NOWHERE} in types that lack it. */
    private int[] slots(String name) {
        int[] slots = new int[plan.types().size()];
        for (EventType type : plan.types()) {
            slots[type.index()] = type.property(name).map(Property::slot).orElse(NOWHERE);
        }
        return slots;
    }

    /** The one slot that a property has in all of some types, or {@link #NOWHERE}. */
    private static int common(int[] slots, Site site) {
        if (!site.isAlwaysThere() || site.types().isEmpty()) {
            return NOWHERE;
        }
        BitSet types = site.types();
        int first = slots[types.nextSetBit(0)];
        return types.stream().allMatch(type -> slots[type] == first) ? first : NOWHERE;
    }

    Words text(String name, Site site) {
        int identifier = plan.identifier(name).orElse(NOWHERE);
        if (identifier != NOWHERE) {
            return scope -> {
                Event event = scope.event();
                return event == null ? null : event.identifier(identifier);
            };
        }
        int[] slots = slots(name);
        int slot = common(slots, site);
        if (slot != NOWHERE) {
            return scope -> {
                Event event = scope.event();
                return event == null ? null : event.text(slot);
            };
        }
        return scope -> {
            Event event = scope.event();
            int place = event == null ? NOWHERE : slots[event.type().index()];
            return event == null || place == NOWHERE ? null : event.text(place);
        };
    }

    /** The stored number: minor units, milliseconds, 0 or 1. */
    Formula number(String name, Site site) {
        int[] slots = slots(name);
        int slot = common(slots, site);
        if (slot != NOWHERE) {
            return scope -> {
                Event event = scope.event();
                return event == null ? Double.NaN : event.number(slot);
            };
        }
        return scope -> {
            Event event = scope.event();
            int place = event == null ? NOWHERE : slots[event.type().index()];
            return event == null || place == NOWHERE ? Double.NaN : event.number(place);
        };
    }

    /** Whether the event carries a property or identifier; unknown when there is no event. */
    Condition has(String name) {
        int identifier = plan.identifier(name).orElse(NOWHERE);
        int[] slots = slots(name);
        return scope -> {
            Event event = scope.event();
            if (event == null) {
                return Truth.UNKNOWN;
            }
            if (identifier != NOWHERE) {
                return Truth.of(event.identifier(identifier) != null);
            }
            int slot = slots[event.type().index()];
            return Truth.of(slot != NOWHERE && event.has(slot));
        };
    }

    /** The name of the event. */
    static Words type() {
        return scope -> {
            Event event = scope.event();
            return event == null ? null : event.type().name();
        };
    }

    /** Whether the event is of one of some types; unknown when there is none. */
    Condition isOfType(java.util.Set<String> names) {
        BitSet types = new BitSet();
        plan.types().stream().filter(type -> names.contains(type.name())).forEach(type -> types.set(type.index()));
        return scope -> {
            Event event = scope.event();
            return event == null
                    ? Truth.UNKNOWN
                    : Truth.of(types.get(event.type().index()));
        };
    }

    static Formula variable(int number) {
        return scope -> scope.number(number);
    }

    static Words textVariable(int number) {
        return scope -> scope.text(number);
    }

    static Condition hasVariable(int number, boolean isText) {
        return isText
                ? scope -> Truth.of(scope.text(number) != null)
                : scope -> Truth.of(!Double.isNaN(scope.number(number)));
    }

    /** A number that is 0 or 1 as a truth. */
    static Condition truth(Formula number) {
        return scope -> {
            double value = number.value(scope);
            return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(value != 0);
        };
    }

    /** Stored money in major units. The nearest double to the decimal amount, because both operands are exact. */
    static Formula major(Formula minor, double minorUnits) {
        return minorUnits == 1 ? minor : scope -> minor.value(scope) / minorUnits;
    }

    /** A text that is always the same. */
    static Words constant(@Nullable String text) {
        return scope -> text;
    }
}
