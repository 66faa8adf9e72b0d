package dev.forestall.loop.identity;

import dev.forestall.loop.event.SubjectId;
import java.util.List;

/**
 * What belongs to one customer.
 *
 * @param customer under the present name
 * @param identifiers by which the customer is known, the strongest first; never empty
 * @param filedUnder where the customer's events can be filed, see {@link IdentityGraph#filedUnder}: the names of the identifiers, and
 *     those of shared ones that came together with them
 */
public record Members(SubjectId customer, List<Identifier> identifiers, List<SubjectId> filedUnder) {

    public Members {
        identifiers = List.copyOf(identifiers);
        filedUnder = List.copyOf(filedUnder);
    }
}
