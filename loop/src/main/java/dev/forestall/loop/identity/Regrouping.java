package dev.forestall.loop.identity;

import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Change.Merged;
import dev.forestall.loop.identity.Change.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out who became one and who fell apart by one input, whose marks the nodes already bear, and tells every identifier concerned
 * its new strongest one. Two graphs are compared: the one before the input's position, and the one after.
 */
final class Regrouping {

    private final CustomerIdentifiers identifiers;
    private final Nodes nodes;
    private final Snapshot before;
    private final Snapshot after;

    private final List<Merged> merges = new ArrayList<>();
    private final List<Split> splits = new ArrayList<>();
    private final List<Identifier> shared = new ArrayList<>();
    private final SequencedSet<SubjectId> altered = new TreeSet<>();
    private final SequencedSet<SubjectId> gone = new TreeSet<>();

    Regrouping(CustomerIdentifiers identifiers, Nodes nodes, long position) {
        this.identifiers = identifiers;
        this.nodes = nodes;
        this.before = new Snapshot(identifiers, nodes, position - 1);
        this.after = new Snapshot(identifiers, nodes, position);
    }

    /** @param touched the identifiers about which the input said something new */
    void afterJoining(Collection<Identifier> touched) {
        SequencedSet<Identifier> turned = turned(touched);
        if (turned.isEmpty()) {
            unite(touched);
        } else {
            compare(touched, turned);
        }
    }

    /** As {@link #afterJoining}, for an input that has retracted something. */
    void afterUnmerge(Collection<Identifier> touched) {
        compare(touched, turned(touched));
    }

    /** The identifiers that have become shared, or are shared no longer. */
    private SequencedSet<Identifier> turned(Collection<Identifier> touched) {
        SequencedSet<Identifier> turned = new TreeSet<>();
        for (Identifier identifier : touched) {
            boolean isShared = after.isShared(identifier);
            if (isShared != before.isShared(identifier)) {
                turned.add(identifier);
                if (isShared) {
                    shared.add(identifier);
                }
            }
        }
        return turned;
    }

    /**
     * The short way, by which a customer with many identifiers gets one more: edges were added and nothing else, so whole customers
     * become one, and only those who get a new name have to be visited.
     */
    private void unite(Collection<Identifier> touched) {
        SequencedMap<Identifier, Identifier> became = new TreeMap<>(identifiers.byStrength);
        for (Identifier one : touched) {
            for (Identifier other : touched) {
                if (areJoined(one, other)) {
                    uniteHeads(nodes.at(one).head(), nodes.at(other).head(), became);
                }
            }
        }
        SequencedMap<Identifier, List<Identifier>> united = new TreeMap<>(identifiers.byStrength);
        for (Identifier weaker : became.keySet()) {
            Identifier strongest = follow(weaker, became);
            before.component(weaker).forEach(member -> nodes.at(member).head(strongest));
            gone.add(identifiers.customer(weaker));
            united.computeIfAbsent(strongest, head -> new ArrayList<>()).add(weaker);
        }
        united.forEach((head, weaker) -> merges.add(new Merged(identifiers.customer(head), named(weaker))));
    }

    private boolean areJoined(Identifier one, Identifier other) {
        return nodes.at(one).history(other).joins(Snapshot.NOW) && !after.isShared(one) && !after.isShared(other);
    }

    private void uniteHeads(Identifier one, Identifier other, SequencedMap<Identifier, Identifier> became) {
        Identifier first = follow(one, became);
        Identifier second = follow(other, became);
        int order = identifiers.byStrength.compare(first, second);
        if (order < 0) {
            became.put(second, first);
        } else if (order > 0) {
            became.put(first, second);
        }
    }

    private static Identifier follow(Identifier head, SequencedMap<Identifier, Identifier> became) {
        Identifier at = head;
        while (became.containsKey(at)) {
            at = became.getOrDefault(at, at);
        }
        return at;
    }

    /** The long way, for all other inputs: every customer that can be concerned, as it was and as it is. */
    private void compare(Collection<Identifier> touched, SequencedSet<Identifier> turned) {
        SequencedSet<Identifier> concerned = new TreeSet<>(touched);
        // Events that carry a turned identifier and another one may belong to another customer now, joined or not.
        for (Identifier each : turned) {
            nodes.at(each).neighbours().forEach(neighbour -> concerned.add(neighbour.identifier()));
        }
        Grouping former = grouping(before, concerned);
        Grouping present = grouping(after, former.headOf.keySet());
        present.headOf.forEach((member, head) -> nodes.at(member).head(head));
        tellSplits(former, present);
        tellMerges(former, present);
        if (!turned.isEmpty()) {
            concerned.forEach(each -> altered.add(identifiers.customer(present.head(each))));
        }
    }

    private void tellSplits(Grouping former, Grouping present) {
        former.membersOf.forEach((head, members) -> {
            SequencedSet<Identifier> into = heads(members, present);
            if (into.size() > 1) {
                splits.add(new Split(identifiers.customer(head), named(into)));
            }
            if (!present.membersOf.containsKey(head)) {
                gone.add(identifiers.customer(head));
            }
        });
    }

    private void tellMerges(Grouping former, Grouping present) {
        present.membersOf.forEach((head, members) -> {
            SequencedSet<Identifier> from = heads(members, former);
            int whole = from.stream().mapToInt(former::size).sum();
            if (whole != members.size()) {
                // Not all who were with them before are with them now.
                altered.add(identifiers.customer(head));
            }
            if (from.size() > 1) {
                from.remove(head);
                merges.add(new Merged(identifiers.customer(head), named(from)));
            }
        });
    }

    /**
     * Customers and who belongs to them.
     *
     * @param membersOf by the strongest of them
     * @param headOf the strongest identifier of each one's customer
     */
    private record Grouping(
            SequencedMap<Identifier, List<Identifier>> membersOf, SequencedMap<Identifier, Identifier> headOf) {

        Identifier head(Identifier member) {
            Identifier head = headOf.get(member);
            if (head == null) {
                throw new IllegalStateException("a " + member.name() + " was regrouped without having been visited");
            }
            return head;
        }

        int size(Identifier head) {
            return membersOf.getOrDefault(head, List.of()).size();
        }
    }

    /** The customers of some identifiers, with all that belongs to them. */
    private Grouping grouping(Snapshot snapshot, Collection<Identifier> some) {
        Grouping grouping = new Grouping(new TreeMap<>(identifiers.byStrength), new LinkedHashMap<>());
        for (Identifier each : some) {
            if (!grouping.headOf.containsKey(each)) {
                List<Identifier> members = snapshot.component(each);
                grouping.membersOf.put(members.getFirst(), members);
                members.forEach(member -> grouping.headOf.put(member, members.getFirst()));
            }
        }
        return grouping;
    }

    private SequencedSet<Identifier> heads(List<Identifier> members, Grouping grouping) {
        SequencedSet<Identifier> heads = new TreeSet<>(identifiers.byStrength);
        members.forEach(member -> heads.add(grouping.head(member)));
        return heads;
    }

    private List<SubjectId> named(Collection<Identifier> heads) {
        return heads.stream().map(identifiers::customer).sorted().toList();
    }

    List<Identifier> shared() {
        return List.copyOf(shared);
    }

    Change change(List<Rejected> notices) {
        boolean isNothing = merges.isEmpty()
                && splits.isEmpty()
                && shared.isEmpty()
                && altered.isEmpty()
                && gone.isEmpty()
                && notices.isEmpty();
        return isNothing
                ? Change.NONE
                : new Change(merges, splits, shared, List.copyOf(altered), List.copyOf(gone), notices);
    }
}
