package dev.forestall.embedded;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.identity.CustomerIdentifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which subjects an event names by itself. Whose an identifier is by now, {@link Identities} knows. For one thread. */
final class Subjects {

    private final List<IdentifierType> types;
    private final CustomerIdentifiers customers;
    private final boolean areOne;

    /** What the looks ahead have seen: if nobody kept it, they might be left out. */
    private int glances;

    Subjects(TrackingPlan plan) {
        this.types = plan.identifiers();
        this.customers = new CustomerIdentifiers(plan);
        this.areOne = types.size() == 1 && isOfCustomers(types.getFirst());
    }

    /** Whether an event names one customer by one identifier, or nobody. */
    boolean areOne() {
        return areOne;
    }

    /**
     * Brings near what naming the subjects of some records will touch: another thread has made them. First all that can be had at once,
     * then all that it leads to, and so on.
     */
    void approach(List<Logged> records) {
        int seen = 0;
        for (int i = 0; i < records.size(); i++) {
            seen += records.get(i) instanceof Logged.Arrived arrived && arrived.event() == null ? 1 : 0;
        }
        for (int i = 0; i < records.size(); i++) {
            seen += records.get(i) instanceof Logged.Arrived arrived && firstOf(arrived.event()) == null ? 1 : 0;
        }
        for (int i = 0; i < records.size(); i++) {
            String first = records.get(i) instanceof Logged.Arrived arrived ? firstOf(arrived.event()) : null;
            seen += first == null ? 0 : first.hashCode();
        }
        glances += seen;
    }

    private @Nullable String firstOf(Event event) {
        return types.isEmpty() ? null : event.identifier(0);
    }

    /** The key of the one customer; null or empty when the event names nobody. */
    @Nullable
    String one(Event event) {
        return customers.onlyKey(event);
    }

    /** The customer by the strongest identifier that is there, and every entity. */
    List<SubjectId> named(Event event) {
        if (areOne) {
            String key = one(event);
            return key == null || key.isEmpty() ? List.of() : List.of(SubjectId.customer(key));
        }
        List<SubjectId> subjects = new ArrayList<>(2);
        customers.namedBy(event).ifPresent(subjects::add);
        addEntities(event, subjects);
        return subjects;
    }

    /** Adds every entity that an event names. */
    void addEntities(Event event, List<SubjectId> subjects) {
        for (int i = 0; i < types.size(); i++) {
            IdentifierType type = types.get(i);
            String value = event.identifier(i);
            if (value != null && !value.isEmpty() && !isOfCustomers(type)) {
                subjects.add(new SubjectId(type.subjectKind(), value));
            }
        }
    }

    private static boolean isOfCustomers(IdentifierType type) {
        return type.subjectKind().equals(SubjectId.CUSTOMER);
    }
}
