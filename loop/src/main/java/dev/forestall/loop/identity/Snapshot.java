package dev.forestall.loop.identity;

import dev.forestall.loop.event.SubjectId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The graph as the log had it up to and including a position. Everything follows from the nodes' memories alone. */
final class Snapshot {

    /** The position behind all inputs. */
    static final long NOW = Long.MAX_VALUE;

    private final CustomerIdentifiers identifiers;
    private final Nodes nodes;
    private final long asOf;

    Snapshot(CustomerIdentifiers identifiers, Nodes nodes, long asOf) {
        this.identifiers = identifiers;
        this.nodes = nodes;
        this.asOf = asOf;
    }

    /**
     * Whether an identifier came together with more others of one stronger rank than its limit allows, or with too many altogether.
     * It depends on what was said about this identifier and not on who else is shared, so the order in which it was said is of no
     * consequence.
     */
    boolean isShared(Identifier identifier) {
        Node node = nodes.at(identifier);
        if (node.isClosed(asOf)) {
            return true;
        }
        int level = identifiers.level(identifier);
        if (level == 0) {
            return false;
        }
        int limit = identifiers.limit(identifier);
        int[] joined = new int[level];
        for (Node.Neighbour neighbour : node.neighbours()) {
            int other = identifiers.level(neighbour.identifier());
            if (other < level && neighbour.history().joins(asOf) && ++joined[other] > limit) {
                return true;
            }
        }
        return false;
    }

    /** The strongest identifier of the customer to whom one belongs. */
    Identifier head(Identifier identifier) {
        return asOf == NOW ? nodes.at(identifier).head() : component(identifier).getFirst();
    }

    SubjectId customer(Identifier identifier) {
        return identifiers.customer(head(identifier));
    }

    /** All identifiers of the customer to whom one belongs, the strongest first. */
    List<Identifier> component(Identifier start) {
        List<Identifier> reached = new ArrayList<>(reach(start, null).keySet());
        reached.sort(identifiers.byStrength);
        return reached;
    }

    /** The shortest chain of edges that makes two identifiers one customer; empty when they are not. */
    List<Edge> path(Identifier from, Identifier to) {
        SequencedMap<Identifier, Identifier> reached = reach(from, to);
        List<Edge> path = new ArrayList<>();
        if (!reached.containsKey(to)) {
            return path;
        }
        Identifier at = to;
        while (!at.equals(from)) {
            Identifier before = reached.getOrDefault(at, from);
            long evidence = nodes.at(before).history(at).evidence(asOf);
            path.addFirst(new Edge(before, at, evidence, Edge.Standing.JOINS));
            at = before;
        }
        return path;
    }

    /** Each identifier that can be reached, and from which one it was; stops early at {@code until}. */
    private SequencedMap<Identifier, Identifier> reach(Identifier start, @Nullable Identifier until) {
        SequencedMap<Identifier, Identifier> reached = new LinkedHashMap<>();
        reached.put(start, start);
        if (isShared(start)) {
            return reached;
        }
        Deque<Identifier> ahead = new ArrayDeque<>(List.of(start));
        while (!ahead.isEmpty() && !reached.containsKey(until)) {
            Identifier at = ahead.removeFirst();
            for (Node.Neighbour neighbour : nodes.at(at).neighbours()) {
                Identifier other = neighbour.identifier();
                if (neighbour.history().joins(asOf) && !reached.containsKey(other) && !isShared(other)) {
                    reached.put(other, at);
                    ahead.addLast(other);
                }
            }
        }
        return reached;
    }

    /**
     * The one of several identifiers, the strongest first, to whose customer an event that carries them belongs: the strongest that
     * is not shared, because a shared one says little; when all are, the strongest.
     */
    Identifier owner(List<Identifier> carried) {
        if (carried.size() > 1) {
            for (Identifier identifier : carried) {
                if (!isShared(identifier)) {
                    return identifier;
                }
            }
        }
        return carried.getFirst();
    }

    List<Edge> edges(Identifier identifier) {
        List<Edge> edges = new ArrayList<>();
        for (Node.Neighbour neighbour : nodes.at(identifier).neighbours()) {
            if (neighbour.history().isKnown(asOf)) {
                edges.add(new Edge(
                        identifier,
                        neighbour.identifier(),
                        neighbour.history().evidence(asOf),
                        standing(identifier, neighbour)));
            }
        }
        return edges;
    }

    private Edge.Standing standing(Identifier identifier, Node.Neighbour neighbour) {
        if (neighbour.history().isKeptApart(asOf)) {
            return Edge.Standing.KEPT_APART;
        }
        if (!neighbour.history().isEvident(asOf)) {
            return Edge.Standing.RETRACTED;
        }
        return isShared(identifier) || isShared(neighbour.identifier()) ? Edge.Standing.SHARED : Edge.Standing.JOINS;
    }

    Members members(Identifier one) {
        List<Identifier> component = component(one);
        SequencedSet<SubjectId> filedUnder = new TreeSet<>();
        for (Identifier member : component) {
            filedUnder.add(identifiers.customer(member));
            for (Node.Neighbour neighbour : nodes.at(member).neighbours()) {
                // An event is filed under its strongest identifier, and belongs to a weaker one when that is shared.
                if (identifiers.byStrength.compare(neighbour.identifier(), member) < 0
                        && neighbour.history().isKnown(asOf)
                        && isShared(neighbour.identifier())) {
                    filedUnder.add(identifiers.customer(neighbour.identifier()));
                }
            }
        }
        return new Members(identifiers.customer(component.getFirst()), component, List.copyOf(filedUnder));
    }
}
