package dev.forestall.pack;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.journey.Journey;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Money;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the journeys. */
final class JourneysReader {

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final EventsReader events;
    private final Problems problems;
    private final SequencedMap<String, Known> known = new LinkedHashMap<>();
    private final SequencedMap<String, List<String>> steps = new LinkedHashMap<>();

    /**
     * A declared journey.
     *
     * @param journey as the loop uses it
     * @param ends the indexes of the event types that surely end a run
     * @param types the indexes of all event types that matter to it
     */
    record Known(Journey journey, BitSet ends, BitSet types) {}

    JourneysReader(TrackingPlan plan, Expressions expressions, EventsReader events, Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.events = events;
        this.problems = problems;
    }

    /** The names of the declared journeys that say what is at stake. Known before anything is compiled. */
    static List<String> valued(Section pack) {
        return pack.members("journeys").stream()
                .filter(member -> member.section(Grammar.JOURNEY)
                        .map(section -> section.has("value"))
                        .orElse(false))
                .map(Member::name)
                .toList();
    }

    void read(Section pack) {
        for (Member member : pack.members("journeys")) {
            Declared.checkName(member.key(), member.path(), "a journey", problems);
            steps.put(member.name(), List.of());
            member.section(Grammar.JOURNEY).ifPresent(section -> read(member.name(), section));
        }
    }

    private void read(String name, Section section) {
        EventKey key = key(section);
        Optional<Events> start = events.read(section, "start", Site.Stage.JOURNEY);
        Optional<Events> goal = events.read(section, "goal", Site.Stage.JOURNEY);
        Optional<Events> failed = events.readOrNone(section, "failed", Site.Stage.JOURNEY);
        Optional<Events> closed = events.readOrNone(section, "closed", Site.Stage.JOURNEY);
        List<Member> declared = section.members("steps");
        steps.put(name, declared.stream().map(Member::name).toList());
        SequencedMap<Member, Events> entered = new LinkedHashMap<>();
        for (Member step : declared) {
            Declared.checkName(step.key(), step.path(), "a step", problems);
            events.read(step.node(), step.path(), Site.Stage.JOURNEY).ifPresent(each -> entered.put(step, each));
        }
        BitSet startTypes = start.map(Events::types).orElseGet(BitSet::new);
        Formula value = section.has("value") && start.isPresent()
                ? Money.minor(expressions, section, "value", Site.at(Site.Stage.JOURNEY, startTypes))
                : null;
        if (start.isEmpty() || goal.isEmpty() || failed.isEmpty() || closed.isEmpty() || key == null) {
            return;
        }
        List<Journey.Step> passed = new ArrayList<>();
        entered.forEach((member, enters) -> passed.add(new Journey.Step(member.name(), enters.pattern())));
        Journey journey = new Journey(
                name,
                key,
                start.get().pattern(),
                passed,
                goal.get().pattern(),
                failed.get().pattern(),
                closed.get().pattern(),
                section.millis("abandoned", 0),
                value,
                value == null ? null : expressions.names().currency());
        BitSet ends =
                union(goal.get().certain(), failed.get().certain(), closed.get().certain());
        BitSet all = union(
                start.get().types(),
                goal.get().types(),
                failed.get().types(),
                closed.get().types());
        entered.values().forEach(each -> all.or(each.types()));
        known.put(name, new Known(journey, ends, all));
        checkSteps(entered, start.get().types(), ends);
        checkKey(section, key, startTypes, all);
    }

    private static BitSet union(BitSet... sets) {
        BitSet union = new BitSet();
        for (BitSet set : sets) {
            union.or(set);
        }
        return union;
    }

    private @Nullable EventKey key(Section section) {
        String name = section.text("key").orElse(null);
        if (name == null) {
            return section.has("key") ? null : EventKey.ONE;
        }
        boolean isIdentifier = plan.identifier(name).isPresent();
        boolean isText = plan.types().stream()
                .flatMap(type -> type.property(name).stream())
                .anyMatch(property -> property.type().isText());
        if (isIdentifier || isText) {
            return EventKey.named(plan, name);
        }
        Set<String> possible = new TreeSet<>();
        plan.identifiers().forEach(each -> possible.add(each.name()));
        plan.types().stream()
                .flatMap(type -> type.properties().stream())
                .filter(property -> property.type().isText())
                .forEach(property -> possible.add(property.name()));
        problems.unknown(
                PackError.UNKNOWN_NAME,
                section.placeOf("key"),
                section.pathOf("key"),
                "identifier or text property",
                name,
                possible);
        return null;
    }

    /** A step is out of reach when each of its events ends the run or belongs to an earlier step. */
    private void checkSteps(Map<Member, Events> steps, BitSet start, BitSet ends) {
        BitSet taken = (BitSet) ends.clone();
        // The event that starts a run does not end it, so it can bring the customer into a step.
        taken.andNot(start);
        for (Map.Entry<Member, Events> step : steps.entrySet()) {
            if (step.getValue().isWithin(taken)) {
                problems.error(
                        PackError.UNREACHABLE_STEP,
                        step.getKey().node().place(),
                        step.getKey().path(),
                        "no event can bring a customer into step '"
                                + step.getKey().name() + "'",
                        "Each of its events ends the journey or belongs to an earlier step: give it events of its own");
            }
            taken.or(step.getValue().certain());
        }
    }

    private void checkKey(Section section, EventKey key, BitSet start, BitSet all) {
        if (key == EventKey.ONE || plan.identifier(key.name()).isPresent()) {
            return;
        }
        List<String> without = new ArrayList<>();
        boolean starts = false;
        for (EventType type : plan.types()) {
            boolean carries = type.property(key.name())
                    .filter(property -> property.type().isText())
                    .isPresent();
            starts |= carries && start.get(type.index());
            if (!carries && all.get(type.index())) {
                without.add(type.name());
            }
        }
        if (!without.isEmpty()) {
            problems.error(
                    PackError.KEY_NOT_CARRIED,
                    section.placeOf("key"),
                    section.pathOf("key"),
                    (starts ? "" : "the journey can never start: ") + Nearest.list(without)
                            + (without.size() == 1 ? " does" : " do") + " not carry '" + key.name() + "'",
                    "Declare the property there, make it an identifier, or leave 'key' out");
        }
    }

    /** The names of all declared journeys, also of those that could not be compiled. */
    Set<String> names() {
        return steps.keySet();
    }

    Optional<Known> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Resolves a journey that something refers to; reports when there is none. */
    Optional<Known> resolve(String name, Place place, String path) {
        if (!steps.containsKey(name)) {
            problems.unknown(PackError.UNKNOWN_NAME, place, path, "journey", name, steps.keySet());
        }
        return find(name);
    }

    /** Whether a journey has a step; reports when it has not. */
    boolean hasStep(String journey, String step, Place place, String path) {
        List<String> declared = steps.getOrDefault(journey, List.of());
        if (!declared.contains(step)) {
            problems.unknown(
                    PackError.UNKNOWN_NAME, place, path, "step of journey " + journey + " called", step, declared);
            return false;
        }
        return true;
    }

    /** In the order of their names. */
    List<Journey> journeys() {
        return known.values().stream().map(Known::journey).toList();
    }
}
