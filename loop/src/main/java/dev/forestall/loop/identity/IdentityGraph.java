package dev.forestall.loop.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * Settles who is who. Identifiers that an event carries together belong to one customer, until somebody says otherwise or one of
 * them turns out to be shared by many.
 *
 * <p>Takes the inputs of the log in their order. The same log gives the same graph, wherever and whenever. With one declared kind of
 * customer identifier nothing is remembered and nothing looked up. For one thread: identity is settled before events are spread over
 * partitions.
 */
public final class IdentityGraph {

    /**
     * An identifier that has come together with more others than this joins nobody any more, and that is final: it is a placeholder,
     * such as the user id of all who are not logged in. Bounds what is remembered of one identifier.
     */
    public static final int MAX_NEIGHBOURS = 1_024;

    private final CustomerIdentifiers identifiers;
    private final IdentityStore store;
    private long lastChange = -1;

    /**
     * @param plan the identifiers declared for customers: their ranks and limits
     * @param store what was remembered under the same {@link #rules}
     */
    public IdentityGraph(TrackingPlan plan, IdentityStore store) {
        this.identifiers = new CustomerIdentifiers(plan);
        this.store = store;
    }

    /**
     * Takes in an event: says whose it is, and what it has changed about who is who.
     *
     * @param position its place in the log
     * @throws IllegalStateException when it changes something although a later input already did
     */
    public Resolution resolve(long position, Event event) {
        if (identifiers.areAtMostOne()) {
            Optional<SubjectId> only = identifiers.onlyCustomer(event);
            return only.isEmpty() ? Resolution.NOBODY : new Resolution(only, Change.NONE);
        }
        List<Identifier> carried = identifiers.carriedBy(event);
        if (carried.isEmpty()) {
            return Resolution.NOBODY;
        }
        Nodes nodes = new Nodes(store);
        Change change = carried.size() == 1 ? Change.NONE : join(position, carried, nodes);
        Snapshot now = new Snapshot(identifiers, nodes, Snapshot.NOW);
        return new Resolution(Optional.of(now.customer(now.owner(carried))), change);
    }

    /**
     * Takes in that somebody parts two identifiers. Both sides are then as if the events so far had never joined them.
     *
     * @param position its place in the log
     */
    public Change unmerge(long position, Unmerge unmerge) {
        Identifier one = unmerge.one();
        Identifier other = unmerge.other();
        if (!identifiers.isDeclared(one) || !identifiers.isDeclared(other)) {
            return Change.onlyNotice(Notices.unknown(identifiers.isDeclared(one) ? other : one, position));
        }
        if (identifiers.areAtMostOne()) {
            return Change.onlyNotice(Notices.notJoined(unmerge, position));
        }
        Nodes nodes = new Nodes(store);
        boolean isNew = nodes.at(one).unmerge(other, position, unmerge.forGood());
        isNew |= nodes.at(other).unmerge(one, position, unmerge.forGood());
        if (!isNew) {
            return Change.onlyNotice(Notices.notJoined(unmerge, position));
        }
        Regrouping regrouping = regrouping(position, nodes);
        regrouping.afterUnmerge(List.of(one, other));
        nodes.save();
        Snapshot now = new Snapshot(identifiers, nodes, Snapshot.NOW);
        List<Rejected> notices = new ArrayList<>(found(regrouping, nodes, position));
        if (now.head(one).equals(now.head(other))) {
            notices.add(Notices.stillJoined(unmerge, position));
        }
        return regrouping.change(notices);
    }

    /**
     * Forgets identifiers: others that came together with them no longer know of it. What is remembered of the identifiers themselves is
     * the store's to let go of.
     */
    public void forget(List<Identifier> gone) {
        Nodes nodes = new Nodes(store);
        for (Identifier each : gone) {
            List<Identifier> others = nodes.at(each).neighbours().stream()
                    .map(Node.Neighbour::identifier)
                    .filter(other -> !gone.contains(other))
                    .toList();
            others.forEach(other -> nodes.at(other).forget(each));
        }
        nodes.save();
    }

    /** Who is who by all inputs so far. */
    public IdentityView now() {
        return asOf(Snapshot.NOW);
    }

    /** Who was who by the inputs up to and including a log position. */
    public IdentityView asOf(long position) {
        return new IdentityView(identifiers, store, position);
    }

    /**
     * The name under which an event is found in the log again, whatever becomes of its customer: that of the strongest identifier it
     * carries. It follows from the event alone, so that no index has to be moved; {@link Members#filedUnder} lists where a customer's
     * events can be. Empty when the event carries no identifier of customers.
     */
    public Optional<SubjectId> filedUnder(Event event) {
        return identifiers.namedBy(event);
    }

    /**
     * All that decides who is joined: names, ranks and limits of the identifiers. A store that was filled under other rules is to be
     * emptied and filled again from the log.
     */
    public String rules() {
        return identifiers.rules();
    }

    private Change join(long position, List<Identifier> carried, Nodes nodes) {
        SequencedSet<Identifier> touched = new TreeSet<>();
        List<Edge> fresh = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            for (int j = i + 1; j < carried.size(); j++) {
                Identifier stronger = carried.get(i);
                Identifier weaker = carried.get(j);
                if (meet(position, stronger, weaker, nodes)) {
                    touched.add(stronger);
                    touched.add(weaker);
                    fresh.add(new Edge(stronger, weaker, position, Edge.Standing.JOINS));
                }
            }
        }
        if (touched.isEmpty()) {
            return Change.NONE;
        }
        Regrouping regrouping = regrouping(position, nodes);
        regrouping.afterJoining(touched);
        nodes.save();
        List<Rejected> notices = new ArrayList<>(found(regrouping, nodes, position));
        notices.addAll(refused(fresh, regrouping.shared(), nodes));
        return regrouping.change(notices);
    }

    /** Both take notice of each other. Says whether that is new. The weaker is asked first: its memory is mostly the shorter. */
    private static boolean meet(long position, Identifier stronger, Identifier weaker, Nodes nodes) {
        Node first = nodes.at(weaker);
        boolean isNew = first.see(stronger, position);
        if (isNew || first.isClosed(Snapshot.NOW)) {
            isNew |= nodes.at(stronger).see(weaker, position);
        }
        return isNew;
    }

    private Regrouping regrouping(long position, Nodes nodes) {
        if (position <= lastChange) {
            throw new IllegalStateException(
                    "the input at position " + position + " changes who is who after the one at " + lastChange
                            + " did: identity needs the inputs in the order of the log");
        }
        lastChange = position;
        return new Regrouping(identifiers, nodes, position);
    }

    private List<Rejected> found(Regrouping regrouping, Nodes nodes, long position) {
        return regrouping.shared().stream()
                .map(each -> nodes.at(each).isClosed(Snapshot.NOW)
                        ? Notices.tooMany(each, position)
                        : Notices.foundShared(each, identifiers.limit(each), position))
                .toList();
    }

    /** Why new evidence joins nobody. Of what has just been found shared it is said already. */
    private List<Rejected> refused(List<Edge> fresh, List<Identifier> justFound, Nodes nodes) {
        Snapshot now = new Snapshot(identifiers, nodes, Snapshot.NOW);
        List<Rejected> refused = new ArrayList<>();
        for (Edge edge : fresh) {
            boolean isKeptApart = nodes.at(edge.one()).history(edge.other()).isKeptApart(Snapshot.NOW)
                    || nodes.at(edge.other()).history(edge.one()).isKeptApart(Snapshot.NOW);
            List<Identifier> shared = List.of(edge.one(), edge.other()).stream()
                    .filter(now::isShared)
                    .toList();
            if (isKeptApart) {
                refused.add(Notices.keptApart(edge));
            } else if (!shared.isEmpty() && shared.stream().noneMatch(justFound::contains)) {
                refused.add(Notices.shared(edge, shared.getFirst()));
            }
        }
        refused.sort(Comparator.comparing(each -> each.code().code()));
        return refused;
    }
}
