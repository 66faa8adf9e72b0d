package dev.forestall.acceptance.identity;

import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is who, worked out from nothing but a list of records, by brute force and in another way than the product: all live pairs are
 * collected, the shared are taken out, and a union-find over what is left gives the customers.
 */
final class Truth {

    private final Crowd crowd;
    private final List<Said> log;
    private final Set<Set<Identifier>> live = new HashSet<>();
    private final Map<Identifier, Identifier> parent = new HashMap<>();

    Truth(Crowd crowd, List<Said> log) {
        this.crowd = crowd;
        this.log = log;
        for (Said said : log) {
            switch (said) {
                case Said.Happened happened -> pairs(happened.carried()).forEach(this::joined);
                case Said.Unmerged unmerged -> unmerged(unmerged.unmerge());
                case Said.Nothing nothing -> {}
            }
        }
        apart.keySet().removeIf(pair -> !apart.getOrDefault(pair, false));
        live.removeAll(apart.keySet());
        for (Set<Identifier> pair : live) {
            if (pair.stream().noneMatch(this::isShared)) {
                List<Identifier> both = List.copyOf(pair);
                parent.put(root(both.get(0)), root(both.get(1)));
            }
        }
    }

    /** Pairs that were unmerged, and whether for good. */
    private final Map<Set<Identifier>, Boolean> apart = new HashMap<>();

    private void joined(Set<Identifier> pair) {
        live.add(pair);
    }

    private void unmerged(Unmerge unmerge) {
        Set<Identifier> pair = Set.of(unmerge.one(), unmerge.other());
        live.remove(pair);
        apart.put(pair, unmerge.forGood());
    }

    static List<Set<Identifier>> pairs(List<Identifier> carried) {
        List<Set<Identifier>> pairs = new ArrayList<>();
        for (Identifier one : carried) {
            for (Identifier other : carried) {
                if (one.compareTo(other) < 0) {
                    pairs.add(Set.of(one, other));
                }
            }
        }
        return pairs;
    }

    private Identifier root(Identifier of) {
        Identifier at = of;
        while (parent.containsKey(at) && !at.equals(parent.get(at))) {
            at = parent.getOrDefault(at, at);
        }
        return at;
    }

    private IdentifierType type(Identifier identifier) {
        return crowd.plan
                .identifiers()
                .get(crowd.plan.identifier(identifier.name()).orElseThrow());
    }

    boolean isShared(Identifier identifier) {
        IdentifierType type = type(identifier);
        Map<Integer, Integer> joinedByRank = new HashMap<>();
        for (Set<Identifier> pair : live) {
            if (pair.contains(identifier)) {
                for (Identifier other : pair) {
                    joinedByRank.merge(type(other).rank(), other.equals(identifier) ? 0 : 1, Integer::sum);
                }
            }
        }
        return joinedByRank.entrySet().stream()
                .anyMatch(entry -> entry.getKey() < type.rank() && entry.getValue() > type.limit());
    }

    SortedSet<Identifier> members(Identifier of) {
        SortedSet<Identifier> members = new TreeSet<>();
        for (Identifier each : crowd.everybody) {
            if (root(each).equals(root(of))) {
                members.add(each);
            }
        }
        return members;
    }

    private Comparator<Identifier> strongestFirst() {
        return Comparator.<Identifier>comparingInt(each -> type(each).rank())
                .thenComparing(Identifier::value)
                .thenComparing(Identifier::name);
    }

    SubjectId customer(Identifier of) {
        Identifier strongest = members(of).stream().min(strongestFirst()).orElseThrow();
        boolean isPlain = strongest.name().equals("userId") && type(strongest).rank() == 0;
        // Every crowd has e-mail addresses, so a value that begins like one's name is told apart by its own.
        boolean isMistakable = strongest.value().startsWith("email:");
        return SubjectId.customer(isPlain && !isMistakable ? strongest.value() : strongest.toString());
    }

    Identifier owner(List<Identifier> carried) {
        return carried.stream()
                .filter(each -> !isShared(each))
                .min(strongestFirst())
                .orElseGet(() -> carried.stream().min(strongestFirst()).orElseThrow());
    }

    /** Everybody's customer. */
    SortedMap<Identifier, SubjectId> customers() {
        SortedMap<Identifier, SubjectId> customers = new TreeMap<>();
        crowd.everybody.forEach(each -> customers.put(each, customer(each)));
        return customers;
    }

    SortedSet<Identifier> shared() {
        SortedSet<Identifier> shared = new TreeSet<>();
        crowd.everybody.stream().filter(this::isShared).forEach(shared::add);
        return shared;
    }

    /** The state of every customer to whom anything happened, folded in the order of the log. */
    SortedMap<SubjectId, State> states() {
        SortedMap<SubjectId, State> states = new TreeMap<>();
        for (int position = 0; position < log.size(); position++) {
            if (log.get(position) instanceof Said.Happened happened
                    && !happened.carried().isEmpty()) {
                SubjectId customer = customer(owner(happened.carried()));
                State before = states.getOrDefault(customer, State.EMPTY);
                Input input = new Input.EventReceived(position, happened.event());
                states.put(
                        customer,
                        Loop.step(crowd.definition, customer, before, input).next());
            }
        }
        return states;
    }
}
