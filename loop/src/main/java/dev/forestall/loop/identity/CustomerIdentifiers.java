package dev.forestall.loop.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers that a pack declares for customers, how strong each is, and how customers are named by them. Immutable.
 *
 * <p>A customer bears the value of its strongest identifier: as it is when that is of the first declared kind of rank 0, else as
 * {@code name:value}. A plain value that would read like such a name is written with its own name too, so that no two customers can
 * ever have the same key.
 */
public final class CustomerIdentifiers {

    private final List<Placed> strongestFirst = new ArrayList<>();
    private final SequencedMap<String, Placed> byName = new LinkedHashMap<>();
    private final String plainName;

    /** The strongest first: by rank, then by text. */
    final Comparator<Identifier> byStrength = Comparator.comparingInt(this::level)
            .thenComparing(Identifier::value)
            .thenComparing(Identifier::name);

    /**
     * @param place in {@link Event#identifier(int)}
     * @param level the rank, counted without gaps: 0 for the strongest that is declared
     */
    private record Placed(IdentifierType type, int place, int level) {}

    public CustomerIdentifiers(TrackingPlan plan) {
        TreeSet<Integer> ranks = new TreeSet<>();
        List<IdentifierType> all = plan.identifiers();
        all.stream().filter(CustomerIdentifiers::isOfCustomers).forEach(type -> ranks.add(type.rank()));
        for (int place = 0; place < all.size(); place++) {
            IdentifierType type = all.get(place);
            if (isOfCustomers(type)) {
                add(new Placed(type, place, ranks.headSet(type.rank()).size()));
            }
        }
        strongestFirst.sort(Comparator.comparingInt(Placed::level));
        plainName = strongestFirst.stream()
                .filter(placed -> placed.type.rank() == 0)
                .findFirst()
                .map(placed -> placed.type.name())
                .orElse("");
    }

    private static boolean isOfCustomers(IdentifierType type) {
        return type.subjectKind().equals(SubjectId.CUSTOMER);
    }

    private void add(Placed placed) {
        String name = placed.type.name();
        if (name.indexOf(':') >= 0 || byName.put(name, placed) != null) {
            throw new IllegalArgumentException(
                    "identifier '" + name + "' is declared twice or has a colon in its name");
        }
        strongestFirst.add(placed);
    }

    /** The names of the identifiers by which customers are known, the strongest first. */
    public List<String> names() {
        return strongestFirst.stream().map(placed -> placed.type.name()).toList();
    }

    /** Whether events can name a customer in at most one way, so that there is nothing to join. */
    public boolean areAtMostOne() {
        return strongestFirst.size() <= 1;
    }

    /** What an event carries, the strongest first. */
    List<Identifier> carriedBy(Event event) {
        List<Identifier> carried = new ArrayList<>(strongestFirst.size());
        for (int i = 0; i < strongestFirst.size(); i++) {
            Placed placed = strongestFirst.get(i);
            String value = event.identifier(placed.place);
            if (value != null && !value.isEmpty()) {
                carried.add(new Identifier(placed.type.name(), value));
            }
        }
        // Of several identifiers with the same rank the one with the smaller text is the stronger.
        carried.sort(byStrength);
        return carried;
    }

    /**
     * The customer that an event names by itself: by the strongest identifier it carries, whoever that belongs to by now. Empty when it
     * carries no identifier of customers.
     */
    public Optional<SubjectId> namedBy(Event event) {
        return areAtMostOne()
                ? onlyCustomer(event)
                : carriedBy(event).stream().findFirst().map(this::customer);
    }

    boolean isDeclared(Identifier identifier) {
        return byName.containsKey(identifier.name());
    }

    /** How strong it is: 0 for the strongest. */
    int level(Identifier identifier) {
        return placed(identifier).level;
    }

    int levels() {
        return strongestFirst.isEmpty() ? 0 : strongestFirst.getLast().level + 1;
    }

    /** With how many identifiers of one stronger rank it may be joined. */
    int limit(Identifier identifier) {
        return placed(identifier).type.limit();
    }

    private Placed placed(Identifier identifier) {
        Placed placed = byName.get(identifier.name());
        if (placed == null) {
            throw new IllegalStateException("the identifier '" + identifier.name() + "' is none of "
                    + byName.keySet() + ". Was the identity store filled under another pack? Then empty it and resolve "
                    + "the log again");
        }
        return placed;
    }

    /** The customer whose strongest identifier this is. */
    public SubjectId customer(Identifier strongest) {
        String value = strongest.value();
        boolean isPlain = strongest.name().equals(plainName) && (areAtMostOne() || !readsLikeNamed(value));
        return SubjectId.customer(isPlain ? value : strongest.name() + ":" + value);
    }

    /** The other way round: the identifier that gave the customer its name. */
    public Identifier namedAfter(SubjectId customer) {
        if (!customer.isCustomer()) {
            throw new IllegalArgumentException("a subject of the kind " + customer.kind() + " is no customer");
        }
        String key = customer.key();
        boolean isPlainOnly = areAtMostOne() && !plainName.isEmpty();
        if (!isPlainOnly && readsLikeNamed(key)) {
            int colon = key.indexOf(':');
            return new Identifier(key.substring(0, colon), key.substring(colon + 1));
        }
        if (plainName.isEmpty()) {
            throw new IllegalArgumentException(
                    "no customer can have a key that does not begin with one of " + byName.keySet() + " and a colon");
        }
        return new Identifier(plainName, key);
    }

    private boolean readsLikeNamed(String key) {
        int colon = key.indexOf(':');
        return colon > 0 && colon < key.length() - 1 && byName.containsKey(key.substring(0, colon));
    }

    /** The customer named by an event, when only one kind of identifier is declared. */
    Optional<SubjectId> onlyCustomer(Event event) {
        if (strongestFirst.isEmpty()) {
            return Optional.empty();
        }
        String key = onlyKey(event);
        return key == null || key.isEmpty() ? Optional.empty() : Optional.of(SubjectId.customer(key));
    }

    /**
     * The key of the customer named by an event, when one kind of identifier is declared; null or empty when it names nobody. For those
     * who look at millions of events: without the wrapping.
     */
    public @Nullable String onlyKey(Event event) {
        Placed only = strongestFirst.getFirst();
        String value = event.identifier(only.place);
        // In this order: to look at the words of the value is to look at memory that is rarely near.
        boolean isPlain = !plainName.isEmpty() || value == null || value.isEmpty();
        return isPlain ? value : only.type.name() + ":" + value;
    }

    /** All that decides who is joined: names, ranks and limits. */
    String rules() {
        StringJoiner rules = new StringJoiner(", ");
        for (Placed placed : strongestFirst) {
            IdentifierType type = placed.type;
            rules.add(type.name() + " rank " + type.rank() + " limit " + type.limit());
        }
        return rules.toString();
    }
}
