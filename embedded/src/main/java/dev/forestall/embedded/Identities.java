package dev.forestall.embedded;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Resolution;
import dev.forestall.loop.identity.Unmerge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Who is who at a host: takes inputs in the order of the log, before they go to partitions, and remembers what follows with the commit
 * that they belong to. With one kind of identifier for customers there is nothing to join, and nothing is remembered.
 *
 * <p>An input is filed under the strongest identifier it carries, whoever that belongs to by then, so that merges and unmerges move no
 * index.
 */
final class Identities {

    /** So many of the latest notices are kept in words; all are counted. */
    static final int NOTICES_KEPT = 100;

    /** Memory for what is remembered of identifiers, roughly. */
    private static final long CACHE_BYTES = 16 << 20;

    private static final String NOTICES = "identity-notices";

    private final IdentityGraph graph;
    private final StoredNodes nodes;
    private final Filing filing;
    private final CustomerIdentifiers customers;
    private final boolean areNeeded;
    private final Deque<Noticed> notices = new ArrayDeque<>();
    private boolean isNoticed;

    Identities(TrackingPlan plan, StateStore store, Filing filing) {
        this.nodes = new StoredNodes(store, CACHE_BYTES);
        this.graph = new IdentityGraph(plan, nodes);
        this.filing = filing;
        this.customers = new CustomerIdentifiers(plan);
        this.areNeeded = !customers.areAtMostOne();
        notices.addAll(notices(store));
    }

    /** Whether events can name a customer in several ways. */
    boolean areNeeded() {
        return areNeeded;
    }

    /** Says whose event it is, and what it has changed. */
    Resolution resolve(long position, Event event) {
        return graph.resolve(position, event);
    }

    /** Says what is changed by somebody who parts two identifiers. */
    Change unmerge(long position, Unmerge unmerge) {
        return graph.unmerge(position, unmerge);
    }

    /** Notes what was refused with an input. */
    void note(long position, List<Rejected> refused) {
        for (Rejected each : refused) {
            notices.add(new Noticed(position, each));
            if (notices.size() > NOTICES_KEPT) {
                notices.remove();
            }
            isNoticed = true;
        }
    }

    /** Notes where an event is found again. */
    void file(long position, Event event) {
        graph.filedUnder(event).ifPresent(name -> filing.note(Keys.filed(name), position));
    }

    /** Notes where a message to a customer is found again: under the name to which it was addressed. */
    void file(long position, SubjectId addressee) {
        filing.note(Keys.filed(addressee), position);
    }

    /** Notes that something was said of a customer because time passed: no input of theirs is at that place. */
    void fileWoken(long position, SubjectId customer) {
        filing.note(Keys.woken(customer), position);
    }

    /** Notes that time passed for everyone. */
    void fileTick(long position) {
        filing.note(Keys.TICKS, position);
    }

    /** Notes that a customer was worked out anew, with another past than was said. */
    void fileHindsight(long position, SubjectId customer) {
        filing.note(Keys.hindsight(customer), position);
    }

    /** Whether any input is filed under a customer's name. */
    boolean isFiled(SubjectId customer) {
        return filing.has(Keys.filed(customer));
    }

    /** By what a customer is known now, under any of the names. */
    List<Identifier> identifiers(SubjectId customer) {
        return areNeeded ? graph.now().members(customer).identifiers() : List.of(customers.namedAfter(customer));
    }

    /** The customer whose strongest identifier this is. */
    SubjectId named(Identifier identifier) {
        return customers.customer(identifier);
    }

    /** Forgets identifiers for good. */
    void forget(List<Identifier> identifiers) {
        if (areNeeded) {
            graph.forget(identifiers);
            nodes.forget(identifiers);
        }
    }

    /** Who bears a name now. */
    SubjectId present(SubjectId oncePerhapsNamed) {
        return areNeeded && oncePerhapsNamed.isCustomer() ? graph.now().customer(oncePerhapsNamed) : oncePerhapsNamed;
    }

    IdentityView now() {
        return graph.now();
    }

    void write(StateStore.Batch batch) {
        nodes.write(batch);
        filing.write(batch);
        if (isNoticed) {
            batch.named(NOTICES, Noticed.write(List.copyOf(notices)));
        }
    }

    void committed() {
        nodes.committed();
        filing.committed();
        isNoticed = false;
    }

    /** The latest notices, in the order of the log. */
    static List<Noticed> notices(StateView store) {
        return store.named(NOTICES).map(Noticed::read).orElse(List.of());
    }
}
