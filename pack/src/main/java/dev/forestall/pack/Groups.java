package dev.forestall.pack;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What features and reasons can be about, by full or bare name. */
final class Groups {

    private final Problems problems;
    private final SortedSet<String> known = new TreeSet<>();

    Groups(Problems problems) {
        this.problems = problems;
    }

    /** To be called when all that can be named is read. */
    void learn(Section pack, TrackingPlan plan, TraitsReader traits, JourneysReader journeys, SignalsReader signals) {
        known.addAll(List.of("pace", "hour", "weekday"));
        plan.types().forEach(type -> {
            learn("event", type.name());
            type.properties().forEach(property -> learn("property", property.name()));
        });
        traits.traits().forEach(trait -> learn("trait", trait.name()));
        journeys.journeys().forEach(journey -> learn("journey", journey.name()));
        signals.names()
                .forEach(signal ->
                        learn(signals.kindOf(signal).equals(SubjectId.COHORT) ? "outside" : "signal", signal));
        pack.section("features")
                .ifPresent(features ->
                        features.members("workload").forEach(workload -> learn("workload", workload.name())));
    }

    private void learn(String kind, String name) {
        known.add(name);
        known.add(kind + " " + name);
    }

    /** The names under a key; what does not exist is reported. */
    Set<String> read(Section section, String key) {
        Set<String> groups = new TreeSet<>();
        for (Scalar each : section.scalars(key)) {
            check(each.text(), each, section.pathOf(key));
            groups.add(each.text());
        }
        return groups;
    }

    /** A name that means nothing would keep nothing from models, and nobody would notice. */
    void check(String name, Scalar at, String path) {
        if (!known.contains(name)) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    at.place(),
                    path,
                    "event, property, trait, journey, signal or workload",
                    name,
                    known);
        }
    }
}
