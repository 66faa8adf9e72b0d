package dev.forestall.embedded;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which subjects an event names, when no identifiers need to be joined. Immutable. */
final class Subjects {

    private final List<IdentifierType> types;
    /** The place of the one identifier there is, when there is only one; else -1. */
    private final int only;

    Subjects(TrackingPlan plan) {
        this.types = plan.identifiers();
        this.only = types.size() == 1 && types.getFirst().subjectKind().equals(SubjectId.CUSTOMER) ? 0 : -1;
    }

    /** Whether an event names one customer by one identifier, or nobody. */
    boolean areOne() {
        return only >= 0;
    }

    /** The key of the one customer; null or empty when the event names nobody. */
    @Nullable
    String one(Event event) {
        String value = event.identifier(only);
        IdentifierType type = types.get(only);
        return type.rank() == 0 || value == null || value.isEmpty() ? value : key(type, value);
    }

    /** The customer by the strongest identifier that is there, and every entity. */
    List<SubjectId> named(Event event) {
        if (only >= 0) {
            String value = event.identifier(only);
            return value == null || value.isEmpty() ? List.of() : List.of(customer(types.get(only), value));
        }
        List<SubjectId> subjects = new ArrayList<>(2);
        int strongest = Integer.MAX_VALUE;
        for (int i = 0; i < types.size(); i++) {
            IdentifierType type = types.get(i);
            String value = event.identifier(i);
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (!type.subjectKind().equals(SubjectId.CUSTOMER)) {
                subjects.add(new SubjectId(type.subjectKind(), value));
            } else if (type.rank() < strongest) {
                if (strongest != Integer.MAX_VALUE) {
                    subjects.removeFirst();
                }
                strongest = type.rank();
                subjects.addFirst(customer(type, value));
            }
        }
        return subjects;
    }

    private static SubjectId customer(IdentifierType type, String value) {
        return SubjectId.customer(key(type, value));
    }

    private static String key(IdentifierType type, String value) {
        return type.rank() == 0 ? value : type.name() + ":" + value;
    }
}
