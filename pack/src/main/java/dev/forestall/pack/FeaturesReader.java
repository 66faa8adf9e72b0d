package dev.forestall.pack;

import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Workload;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what models may know. */
final class FeaturesReader {

    private final TrackingPlan plan;
    private final Collection<String> personalTraits;
    private final SortedSet<String> labels;
    private final Groups groups;
    private final Problems problems;

    /**
     * @param personalTraits made of personal data
     * @param labels properties that say what became of something later
     */
    FeaturesReader(
            TrackingPlan plan,
            Collection<String> personalTraits,
            SortedSet<String> labels,
            Groups groups,
            Problems problems) {
        this.plan = plan;
        this.personalTraits = personalTraits;
        this.labels = labels;
        this.groups = groups;
        this.problems = problems;
    }

    /** What a pack without any wishes gets. */
    FeatureRules standard() {
        return rules(FeatureRules.STANDARD.halfLivesMillis(), Set.of(), List.of());
    }

    FeatureRules read(Section section) {
        List<Long> halfLives = new ArrayList<>();
        for (Scalar each : section.scalars("half_lives")) {
            long millis = Durations.millis(each.text());
            if (!halfLives.isEmpty() && millis <= halfLives.getLast()) {
                problems.error(
                        PackError.OUT_OF_RANGE,
                        each.place(),
                        section.pathOf("half_lives"),
                        each.text() + " is not longer than the one before",
                        "Write them from the shortest to the longest");
                return standard();
            }
            halfLives.add(millis);
        }
        Set<String> without = groups.read(section, "exclude");
        return rules(
                halfLives.isEmpty() ? FeatureRules.STANDARD.halfLivesMillis() : halfLives, without, workloads(section));
    }

    private List<Workload> workloads(Section features) {
        List<Workload> workloads = new ArrayList<>();
        for (Member member : features.members("workload")) {
            Declared.checkName(member.key(), member.path(), "a workload", problems);
            member.section(Grammar.WORKLOAD).ifPresent(section -> {
                String property = section.text("by", "");
                if (isWorkload(property, section)) {
                    workloads.add(new Workload(member.name(), property, section.millis("each", Durations.unit("d"))));
                }
            });
        }
        return workloads;
    }

    /** Which resource it is, a text must say; and one that names a customer would tell one customer of another. */
    private boolean isWorkload(String property, Section section) {
        List<Property> all = plan.types().stream()
                .flatMap(type -> type.properties().stream())
                .filter(each -> each.type().isText())
                .toList();
        List<Property> meant =
                all.stream().filter(each -> each.name().equals(property)).toList();
        if (meant.isEmpty()) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    section.placeOf("by"),
                    section.pathOf("by"),
                    "text property",
                    property,
                    all.stream().map(Property::name).toList());
            return false;
        }
        if (meant.stream().anyMatch(Property::personal)) {
            problems.error(
                    PackError.PERSONAL_GROUP,
                    section.placeOf("by"),
                    section.pathOf("by"),
                    "'" + property + "' is declared as personal data",
                    "Count the workload of what many share, such as a team, a branch or a machine");
            return false;
        }
        return true;
    }

    /** What is made of personal data is not known to models; of personal texts only how many there were. */
    private FeatureRules rules(List<Long> halfLives, Set<String> without, List<Workload> workloads) {
        Set<String> all = new TreeSet<>(without);
        personalTraits.forEach(trait -> all.add("trait " + trait));
        return new FeatureRules(halfLives, all, labels, workloads);
    }
}
