package dev.forestall.loop.identity;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about one identifier: with which others it came together, and the strongest identifier of its customer, so that
 * an event that carries it alone finds its customer in one look. Lives within one operation.
 */
final class Node {

    private static final int SCHEMA = 1;
    private static final long NEVER = Long.MAX_VALUE;

    private final Identifier self;
    private Identifier head;
    private long closedAt = NEVER;
    private final List<Neighbour> neighbours = new ArrayList<>();

    /** Holds the neighbours until somebody asks for them: most events need only the head. */
    private @Nullable Reader unread;

    private boolean isChanged;

    /**
     * An identifier that came together with this one.
     *
     * @param history what was said about the two
     */
    record Neighbour(Identifier identifier, History history) {}

    Node(Identifier self) {
        this.self = self;
        this.head = self;
    }

    /** The strongest identifier of the customer that this one belongs to. */
    Identifier head() {
        return head;
    }

    void head(Identifier strongest) {
        if (!head.equals(strongest)) {
            head = strongest;
            isChanged = true;
        }
    }

    /**
     * Whether it had come together with so many others that it no longer takes notice of them. Such an identifier tells nobody apart;
     * usually it is what a sender writes when it knows none.
     */
    boolean isClosed(long asOf) {
        return closedAt != NEVER && closedAt <= asOf;
    }

    boolean isChanged() {
        return isChanged;
    }

    /** In the order of identifiers. */
    List<Neighbour> neighbours() {
        Reader from = unread;
        if (from != null) {
            unread = null;
            readNeighbours(from);
        }
        return neighbours;
    }

    History history(Identifier other) {
        int place = place(other);
        return place < 0 ? History.NOTHING : neighbours.get(place).history();
    }

    /** Takes notice of an event that carries both. Says whether that is new. */
    boolean see(Identifier other, long position) {
        return note(other, position, history -> history.withEvidence(position));
    }

    /** Takes notice that somebody unmerged the two. Says whether that changes anything. */
    boolean unmerge(Identifier other, long position, boolean forGood) {
        return note(other, position, history -> history.withUnmerge(position, forGood));
    }

    /** Forgets that another one was ever there. */
    void forget(Identifier other) {
        int place = place(other);
        if (place >= 0) {
            neighbours.remove(place);
            isChanged = true;
        }
    }

    private boolean note(Identifier other, long position, UnaryOperator<History> change) {
        if (closedAt != NEVER) {
            return false;
        }
        int place = place(other);
        History before = place < 0 ? History.NOTHING : neighbours.get(place).history();
        History after = change.apply(before);
        if (after == before) {
            return false;
        }
        isChanged = true;
        if (place >= 0) {
            neighbours.set(place, new Neighbour(other, after));
        } else if (neighbours.size() < IdentityGraph.MAX_NEIGHBOURS) {
            neighbours.add(-place - 1, new Neighbour(other, after));
        } else {
            closedAt = position;
        }
        return true;
    }

    /** Where a neighbour stands, or -(where it would stand) - 1. */
    private int place(Identifier other) {
        int low = 0;
        int high = neighbours().size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = neighbours.get(middle).identifier().compareTo(other);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** The head is left out when it is the node itself; the name of an identifier is written once for all neighbours that have it. */
    void write(Writer to) {
        to.count(SCHEMA);
        boolean isHead = head.equals(self);
        to.flag(isHead);
        if (!isHead) {
            to.text(head.name()).text(head.value());
        }
        to.count(closedAt == NEVER ? 0 : closedAt + 1);
        List<Neighbour> all = neighbours();
        int from = 0;
        while (from < all.size()) {
            String name = all.get(from).identifier().name();
            int until = from;
            while (until < all.size() && all.get(until).identifier().name().equals(name)) {
                until++;
            }
            to.text(name).count(until - from);
            for (Neighbour neighbour : all.subList(from, until)) {
                to.text(neighbour.identifier().value());
                neighbour.history().write(to);
            }
            from = until;
        }
    }

    static Node read(Identifier self, byte[] bytes) {
        Reader from = new Reader(bytes);
        int schema = from.size();
        if (schema != SCHEMA) {
            throw new IllegalStateException("a node of identity has the schema " + schema + ", and this version reads "
                    + SCHEMA + ": was it written by a later version?");
        }
        Node node = new Node(self);
        if (!from.flag()) {
            node.head = new Identifier(from.text(), from.text());
        }
        long closed = from.count();
        node.closedAt = closed == 0 ? NEVER : closed - 1;
        node.unread = from;
        return node;
    }

    private void readNeighbours(Reader from) {
        while (from.hasMore()) {
            String name = from.text();
            int count = from.size();
            for (int i = 0; i < count; i++) {
                neighbours.add(new Neighbour(new Identifier(name, from.text()), History.read(from)));
            }
        }
    }
}
