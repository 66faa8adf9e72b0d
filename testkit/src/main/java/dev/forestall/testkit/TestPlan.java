package dev.forestall.testkit;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.report.ReportEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A tracking plan written in Java, for tests that need no pack: what may happen, and ways to say which of it is meant. Immutable.
 *
 * <pre>{@code
 * TestPlan plan = TestPlan.declare()
 *         .event("invoice", "amount: number", "due: time")
 *         .event("payment")
 *         .ready();
 * Event paid = plan.event("payment").of("c-1").at(Times.day(3)).build();
 * }</pre>
 */
public final class TestPlan {

    /** The identifier by which events of a test plan name their customer. */
    public static final String CUSTOMER = "userId";

    private final TrackingPlan tracking;

    private TestPlan(TrackingPlan tracking) {
        this.tracking = tracking;
    }

    /** For a plan that was made elsewhere, such as by a pack. */
    public static TestPlan of(TrackingPlan tracking) {
        return new TestPlan(tracking);
    }

    public static Declaring declare() {
        return new Declaring();
    }

    public TrackingPlan tracking() {
        return tracking;
    }

    /** @throws IllegalArgumentException when the plan has no event of that name */
    public EventType type(String name) {
        return tracking.type(name)
                .orElseThrow(() -> new IllegalArgumentException("the plan has no event '" + name + "'; it has "
                        + tracking.byName().keySet()));
    }

    /** Begins an event. */
    public Happening event(String type) {
        return new Happening(this, type(type));
    }

    /** Events of any of these types; none matches nothing. */
    public EventPattern any(String... names) {
        return when(Condition.ALWAYS, names);
    }

    /** Events of these types for which a condition holds. */
    public EventPattern when(Condition condition, String... names) {
        return new EventPattern(Arrays.stream(names).map(this::type).toList(), condition, String.join(" or ", names));
    }

    /** The value of a numeric property of the event of the moment; NaN when it has none. */
    public Formula number(String property) {
        return scope -> {
            Event event = scope.event();
            return event == null
                    ? Double.NaN
                    : event.type()
                            .property(property)
                            .map(found -> event.number(found.slot()))
                            .orElse(Double.NaN);
        };
    }

    /** The words in a property of the event of the moment; null when it has none. */
    public Words words(String property) {
        return scope -> {
            Event event = scope.event();
            return event == null
                    ? null
                    : event.type()
                            .property(property)
                            .map(found -> event.text(found.slot()))
                            .orElse(null);
        };
    }

    /** Which run an event is about, by an identifier or a text property. */
    public EventKey key(String name) {
        return EventKey.named(tracking, name);
    }

    /** Collects what may happen. */
    public static final class Declaring {
        private final List<EventType> types = new ArrayList<>();
        private final List<IdentifierType> identifiers = new ArrayList<>();

        private Declaring() {
            identifiers.add(new IdentifierType(CUSTOMER, SubjectId.CUSTOMER, 0, 1));
        }

        /**
         * Another identifier of customers, weaker than all so far.
         *
         * @param limit with how many of one stronger kind a value may come together before it counts as shared
         */
        public Declaring identifier(String name, int limit) {
            int rank = (int) identifiers.stream()
                    .filter(each -> each.subjectKind().equals(SubjectId.CUSTOMER))
                    .count();
            identifiers.add(new IdentifierType(name, SubjectId.CUSTOMER, rank, limit));
            return this;
        }

        /** A kind of subject that customers depend on, and the identifier by which events name it. */
        public Declaring entity(String kind, String identifier) {
            identifiers.add(new IdentifierType(identifier, kind, 0, 1));
            return this;
        }

        /**
         * A kind of event.
         *
         * @param properties each as {@code name: type}, the type as in a pack; money is in EUR
         */
        public Declaring event(String name, String... properties) {
            List<Property> parsed = new ArrayList<>();
            for (String property : properties) {
                String[] parts = property.split(": ", 2);
                PropertyType type = PropertyType.valueOf(parts[1].toUpperCase(Locale.ROOT));
                String unit = type == PropertyType.MONEY ? "EUR" : "";
                parsed.add(new Property(parts[0], type, parsed.size(), false, false, unit));
            }
            types.add(new EventType(name, types.size(), parsed));
            return this;
        }

        /** The built-in events of these names, behind the declared ones: as a pack that uses them. */
        public Declaring builtIn(String... names) {
            for (String name : names) {
                types.add(ReportEvents.type(name, types.size()));
            }
            return this;
        }

        public TestPlan ready() {
            return new TestPlan(new TrackingPlan(types, identifiers));
        }
    }

    /** An event in the making: at {@link Times#START} by customer {@code c-1}, unless said otherwise. */
    public static final class Happening {
        private final TestPlan plan;
        private final EventType type;
        private final List<String> names = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();
        private String customer = "c-1";
        private String id = "";
        private long atMillis = Times.START.toEpochMilli();

        private Happening(TestPlan plan, EventType type) {
            this.plan = plan;
            this.type = type;
        }

        /** What its sender calls it. */
        public Happening id(String eventId) {
            this.id = eventId;
            return this;
        }

        /** Whose it is. */
        public Happening of(String customerKey) {
            this.customer = customerKey;
            return this;
        }

        /** It is not known whose it is, unless other identifiers say so. */
        public Happening anonymous() {
            return of("");
        }

        public Happening at(Instant at) {
            return at(at.toEpochMilli());
        }

        public Happening at(long millis) {
            this.atMillis = millis;
            return this;
        }

        /** A property or identifier: a String, whole or decimal number, Boolean, Instant or Duration. */
        public Happening with(String name, Object value) {
            names.add(name);
            values.add(value);
            return this;
        }

        public Event build() {
            TrackingPlan tracking = plan.tracking();
            var event = Event.of(tracking, type, id, atMillis);
            tracking.identifier(CUSTOMER).ifPresent(index -> event.identifier(index, customer));
            for (int i = 0; i < names.size(); i++) {
                set(event, names.get(i), values.get(i));
            }
            return event.build();
        }

        private void set(Event.Builder event, String name, Object value) {
            var identifier = plan.tracking().identifier(name);
            if (identifier.isPresent()) {
                event.identifier(identifier.get(), value.toString());
                return;
            }
            Property property = type.property(name)
                    .orElseThrow(() -> new IllegalArgumentException("event " + type + " has no property '" + name
                            + "' and the plan no such identifier; it has " + type.properties()));
            switch (value) {
                case String text -> event.text(property.slot(), text);
                case Boolean flag -> event.whole(property.slot(), flag ? 1 : 0);
                case Instant at -> event.whole(property.slot(), at.toEpochMilli());
                case java.time.Duration length -> event.whole(property.slot(), length.toMillis());
                case Double number -> event.number(property.slot(), number);
                case Number whole -> event.whole(property.slot(), whole.longValue());
                default ->
                    throw new IllegalArgumentException("a property cannot hold " + value + " of " + value.getClass());
            }
        }
    }
}
