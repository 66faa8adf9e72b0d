package dev.forestall.loop.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import java.util.List;
import java.util.Optional;

/**
 * Answers who is who, now or as the log had it up to a position. Reads only. Each answer is computed from the store as it is when the
 * question is asked.
 */
public final class IdentityView {

    private final CustomerIdentifiers identifiers;
    private final IdentityStore store;
    private final long asOf;

    IdentityView(CustomerIdentifiers identifiers, IdentityStore store, long asOf) {
        this.identifiers = identifiers;
        this.store = store;
        this.asOf = asOf;
    }

    private Snapshot snapshot() {
        return new Snapshot(identifiers, new Nodes(store), asOf);
    }

    /** Whose event it is; empty when it carries no identifier of customers. */
    public Optional<SubjectId> customer(Event event) {
        if (identifiers.areAtMostOne()) {
            return identifiers.onlyCustomer(event);
        }
        List<Identifier> carried = identifiers.carriedBy(event);
        Snapshot snapshot = snapshot();
        return carried.isEmpty() ? Optional.empty() : Optional.of(snapshot.customer(snapshot.owner(carried)));
    }

    /** The customer who bears an identifier. */
    public SubjectId customer(Identifier identifier) {
        return snapshot().customer(identifier);
    }

    /**
     * Who a customer is under the present names: the same, or the one it was merged into. What was addressed to the old name reaches
     * the right one through this.
     *
     * @throws IllegalArgumentException when no customer can have that key
     */
    public SubjectId customer(SubjectId oncePerhapsNamed) {
        return identifiers.areAtMostOne()
                ? oncePerhapsNamed
                : snapshot().customer(identifiers.namedAfter(oncePerhapsNamed));
    }

    /** All that belongs to a customer; of one who was merged, to the one it was merged into. */
    public Members members(SubjectId customer) {
        return snapshot().members(identifiers.namedAfter(customer));
    }

    /**
     * Whether an event belongs to a customer. All inputs for which this is so, folded in the order of the log, are the customer's
     * state.
     *
     * @param members as this same view lists them
     */
    public boolean belongs(Event event, Members members) {
        List<Identifier> carried = identifiers.carriedBy(event);
        return !carried.isEmpty() && members.identifiers().contains(snapshot().owner(carried));
    }

    public boolean isShared(Identifier identifier) {
        return snapshot().isShared(identifier);
    }

    /** Everything that was ever said about an identifier and another one, in the order of the others. */
    public List<Edge> edges(Identifier identifier) {
        return snapshot().edges(identifier);
    }

    /** Why two identifiers are one customer: the shortest chain of edges from one to the other. Empty when they are not. */
    public List<Edge> path(Identifier from, Identifier to) {
        return snapshot().path(from, to);
    }
}
