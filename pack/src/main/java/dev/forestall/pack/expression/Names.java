package dev.forestall.pack.expression;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Vocabulary;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All names that expressions of one pack can use. Traits become known one after the other, since their types follow from their own
 * expressions; everything else is known from the start.
 */
public final class Names {

    /** What a bare name means although an event may have a property of that name. */
    static final Set<String> TAKEN =
            Set.of("event", "type", "trait", "journey", "signal", "context", "risk", "uplift", "cost");

    /** Words that CEL keeps for itself. */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private final TrackingPlan plan;
    private final Currency currency;
    private final SortedMap<String, Type> properties = new TreeMap<>();
    private final SortedMap<String, Type> traits = new TreeMap<>();
    private final SortedSet<String> declaredTraits = new TreeSet<>();
    private final SortedSet<String> journeys;
    private final SortedSet<String> valuedJourneys;
    private final SortedSet<String> signals;
    private final SortedSet<String> affectingSignals;
    private final SortedSet<String> predictions;
    private final SortedSet<String> labels = new TreeSet<>();

    /**
     * @param plan the events
     * @param currency of values and costs
     * @param traits the names of the declared traits
     * @param journeys the names of the declared journeys
     * @param valuedJourneys those of them that say what is at stake
     * @param signals the names of the declared signals that are not of cohorts
     * @param affectingSignals the names of the declared signals that customers are told of: those of cohorts, and of entities that tell
     * @param predictions the names of the declared predictions
     */
    public Names(
            TrackingPlan plan,
            Currency currency,
            List<String> traits,
            List<String> journeys,
            List<String> valuedJourneys,
            List<String> signals,
            List<String> affectingSignals,
            List<String> predictions) {
        this.plan = plan;
        this.currency = currency;
        this.declaredTraits.addAll(traits);
        this.journeys = new TreeSet<>(journeys);
        this.valuedJourneys = new TreeSet<>(valuedJourneys);
        this.signals = new TreeSet<>(signals);
        this.affectingSignals = new TreeSet<>(affectingSignals);
        this.predictions = new TreeSet<>(predictions);
        for (IdentifierType identifier : plan.identifiers()) {
            properties.put(identifier.name(), Type.TEXT);
        }
        for (EventType type : plan.types()) {
            type.properties().forEach(property -> properties.put(property.name(), Type.of(property)));
        }
    }

    /** Whether expressions could not write a name, because CEL keeps the word for itself. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** The type of a trait has become known. */
    public void learnTrait(String name, Type type) {
        traits.put(name, type);
    }

    public TrackingPlan plan() {
        return plan;
    }

    public Currency currency() {
        return currency;
    }

    /** Properties and identifiers of all events. */
    SortedMap<String, Type> properties() {
        return properties;
    }

    /** The type of a trait; nothing when it is not declared, or when its own expression could not be compiled. */
    Optional<Type> trait(String name) {
        return Optional.ofNullable(traits.get(name));
    }

    SortedSet<String> traits() {
        return declaredTraits;
    }

    SortedSet<String> journeys() {
        return journeys;
    }

    /** Whether a journey says what is at stake. */
    boolean hasValue(String journey) {
        return valuedJourneys.contains(journey);
    }

    SortedSet<String> signals() {
        return signals;
    }

    SortedSet<String> affectingSignals() {
        return affectingSignals;
    }

    /** A property says what became of something later: from now on nothing else may ask for it. */
    public void hideLabel(String property) {
        labels.add(property);
    }

    boolean isLabel(String property) {
        return labels.contains(property);
    }

    SortedSet<String> predictions() {
        return predictions;
    }

    /** The numbers of all variables. To be asked when all traits are known. */
    public Vocabulary vocabulary() {
        List<Vocabulary.Term> terms = new ArrayList<>();
        declaredTraits.forEach(name -> terms.add(
                new Vocabulary.Term(name, trait(name).orElse(Type.TEXT).isText())));
        return new Vocabulary(
                terms,
                List.copyOf(journeys),
                List.copyOf(signals),
                List.copyOf(affectingSignals),
                List.copyOf(predictions));
    }

    /** The type of a property or identifier by name. */
    Optional<Type> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** Whether an event type says something of that name. Identifiers may come with any event. */
    boolean carries(EventType type, String name) {
        return plan.identifier(name).isPresent() || type.property(name).isPresent();
    }

    /** Whether every event of a type has that property. */
    boolean surelyCarries(EventType type, String name) {
        return type.property(name).map(Property::required).orElse(false);
    }
}
