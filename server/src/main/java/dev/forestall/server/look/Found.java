package dev.forestall.server.look;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.views.look.Customer;
import java.util.List;

/**
 * A customer who was asked for.
 *
 * @param customer all that is known of them
 * @param names under which effects may have been said of them, the present one first
 * @param identifiers as people read them: {@code userId ann}
 * @param definition hash of the definition that is in force
 */
public record Found(Customer customer, List<SubjectId> names, List<String> identifiers, String definition) {
    public Found {
        names = List.copyOf(names);
        identifiers = List.copyOf(identifiers);
    }

    public String key() {
        return customer.subject().key();
    }
}
