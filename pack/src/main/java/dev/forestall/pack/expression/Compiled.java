package dev.forestall.pack.expression;

import dev.cel.common.ast.CelExpr;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Words;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled expression and what is known of it. Immutable. */
public final class Compiled {

    /** Where nothing can be asked for. */
    private static final Scope NOWHERE = new Scope() {
        @Override
        public @Nullable Event event() {
            return null;
        }

        @Override
        public long atMillis() {
            return 0;
        }

        @Override
        public double number(int variable) {
            return Double.NaN;
        }

        @Override
        public @Nullable String text(int variable) {
            return null;
        }
    };

    private final Value value;
    private final CelExpr tree;
    private final Names names;
    private final Site site;
    private final Set<Integer> variables;
    private final Set<String> properties;
    private final Set<String> traits;
    private final Set<String> journeys;
    private final boolean asksEvent;

    Compiled(Value value, CelExpr tree, Names names, Site site, Lookups lookups) {
        this.value = value;
        this.tree = tree;
        this.names = names;
        this.site = site;
        this.variables = lookups.variables();
        this.properties = lookups.properties();
        this.traits = lookups.traits();
        this.journeys = lookups.journeys();
        this.asksEvent = lookups.asksEvent();
    }

    public Type type() {
        return value.type();
    }

    /** As a condition; only of an expression that is true or false. */
    public Condition condition() {
        if (value instanceof Value.Holds holds) {
            return holds.condition();
        }
        throw new IllegalStateException("this is " + type().described() + ", not a condition");
    }

    /** As words; only of a text. */
    public Words words() {
        if (value instanceof Value.Says says) {
            return says.words();
        }
        throw new IllegalStateException("this is " + type().described() + ", not a text");
    }

    /** As a number as the loop keeps it: money in whole minor units, times and durations in milliseconds, truths 0 and 1. */
    public Formula stored() {
        return switch (value) {
            case Value.Counts counts -> {
                double units = counts.type().minorUnits();
                Formula major = counts.formula();
                yield counts.type().currency() == null ? major : scope -> Math.rint(major.value(scope) * units);
            }
            case Value.Holds holds ->
                scope -> {
                    Truth truth = holds.condition().test(scope);
                    return truth == Truth.UNKNOWN ? Double.NaN : truth == Truth.TRUE ? 1 : 0;
                };
            case Value.Says says -> throw new IllegalStateException("a text is no number");
        };
    }

    /** As an amount in minor units of a currency, not rounded; a plain number counts as major units. */
    public Formula minor(double minorUnits) {
        if (value instanceof Value.Counts counts) {
            Formula major = counts.formula();
            return scope -> major.value(scope) * minorUnits;
        }
        throw new IllegalStateException("this is " + type().described() + ", not a number");
    }

    /** As a plain number. */
    public Formula number() {
        return minor(1);
    }

    /** Its value as a plain number, when it depends on nothing. */
    public OptionalDouble constant() {
        return value instanceof Value.Counts counts && !asksEvent && variables.isEmpty()
                ? OptionalDouble.of(counts.formula().value(NOWHERE))
                : OptionalDouble.empty();
    }

    /** The numbers of the variables it uses. */
    public Set<Integer> variables() {
        return variables;
    }

    /** The properties and identifiers of events it uses. */
    public Set<String> properties() {
        return properties;
    }

    /** The traits it uses. */
    public Set<String> traits() {
        return traits;
    }

    /** The journeys it uses. */
    public Set<String> journeys() {
        return journeys;
    }

    /** Whether it asks anything of the event. */
    public boolean asksEvent() {
        return asksEvent;
    }

    /** The indexes of the event types for which it was compiled. */
    public BitSet types() {
        return (BitSet) site.types().clone();
    }

    /** The indexes of the event types at which it can be true, of those given. */
    public BitSet canHold(BitSet among) {
        return matching(among, truths -> (truths & Possible.TRUE) != 0);
    }

    /** The indexes of the event types at which it is surely true, of those given. */
    public BitSet surelyHolds(BitSet among) {
        return matching(among, truths -> truths == Possible.TRUE);
    }

    /** The indexes of the event types at which it can be known at all. */
    public BitSet canBeKnown(BitSet among) {
        return matching(among, truths -> truths != Possible.UNKNOWN);
    }

    private BitSet matching(BitSet among, java.util.function.IntPredicate wanted) {
        BitSet matching = new BitSet();
        for (EventType type : names.plan().types()) {
            if (among.get(type.index()) && wanted.test(new Possible(names, type).of(tree))) {
                matching.set(type.index());
            }
        }
        return matching;
    }
}
