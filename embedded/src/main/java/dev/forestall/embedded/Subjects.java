package dev.forestall.embedded;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.CustomerIdentifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which subjects an event names by itself. Whose an identifier is by now, {@link Identities} knows. For one thread. */
final class Subjects {

    private final List<IdentifierType> types;
    private final CustomerIdentifiers customers;
    private final boolean areOne;

    Subjects(TrackingPlan plan) {
        this.types = plan.identifiers();
        this.customers = new CustomerIdentifiers(plan);
        this.areOne = types.size() == 1 && isOfCustomers(types.getFirst());
    }

    /** Whether an event names one customer by one identifier, or nobody. */
    boolean areOne() {
        return areOne;
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
