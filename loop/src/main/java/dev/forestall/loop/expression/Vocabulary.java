package dev.forestall.loop.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The variables that conditions may use, by name and number. Known before the definition they belong to is built, because its
 * conditions are compiled against it. Immutable.
 */
public final class Vocabulary {

    /** What a candidate of a decision is expected to change, as formulas of policies write it. */
    public static final String UPLIFT = "uplift";

    /** What a candidate of a decision costs, in minor units. */
    public static final String COST = "cost";

    private final List<Term> terms = new ArrayList<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /**
     * One variable.
     *
     * @param name as conditions write it
     * @param isText whether it holds words
     */
    public record Term(String name, boolean isText) {}

    /**
     * @param traits name of each declared trait and whether it is a text
     * @param journeys the names of the declared journeys
     * @param signals the names of the declared signals that are not of cohorts
     * @param affectingSignals the names of the declared signals that customers are told of: those of cohorts, and of entities that tell
     * @param predictions the names of the declared predictions
     */
    public Vocabulary(
            List<Term> traits,
            List<String> journeys,
            List<String> signals,
            List<String> affectingSignals,
            List<String> predictions) {
        traits.forEach(trait -> add("trait." + trait.name(), trait.isText()));
        for (String journey : journeys) {
            add("journey." + journey + ".open", false);
            add("journey." + journey + ".step", true);
            add("journey." + journey + ".value", false);
        }
        signals.forEach(signal -> add("signal." + signal, false));
        affectingSignals.forEach(signal -> add("context." + signal, false));
        predictions.forEach(prediction -> add("risk." + prediction, false));
        add(UPLIFT, false);
        add(COST, false);
    }

    private void add(String name, boolean isText) {
        if (numbers.put(name, terms.size()) != null) {
            throw new IllegalArgumentException("variable " + name + " is declared twice");
        }
        terms.add(new Term(name, isText));
    }

    public List<Term> terms() {
        return List.copyOf(terms);
    }

    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
