package dev.forestall.pack;

import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Reads where identifiers stand in what a way in says: the section {@code identifiers}. */
final class IdentifierPlaces {

    private final TrackingPlan plan;
    private final Problems problems;

    IdentifierPlaces(TrackingPlan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /** The place of each identifier, by its name in the tracking plan. */
    SequencedMap<String, String> read(Section section) {
        SequencedMap<String, String> identifiers = new LinkedHashMap<>();
        Set<String> valid = new TreeSet<>();
        plan.identifiers().stream().map(IdentifierType::name).forEach(valid::add);
        for (Member member : section.members("identifiers")) {
            if (!valid.contains(member.name())) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        member.key().place(),
                        member.path(),
                        "identifier",
                        member.name(),
                        valid);
            } else if (member.node() instanceof Scalar place) {
                identifiers.put(member.name(), place.text());
            }
        }
        if (section.has("identifiers") && section.members("identifiers").isEmpty()) {
            problems.error(
                    PackError.MISSING_KEY,
                    section.placeOf("identifiers"),
                    section.pathOf("identifiers"),
                    "no identifier is read",
                    "An event that names no subject is set aside; say where an identifier stands");
        }
        return identifiers;
    }
}
