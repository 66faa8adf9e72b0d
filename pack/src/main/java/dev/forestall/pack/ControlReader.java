package dev.forestall.pack;

import dev.forestall.loop.event.Probability;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads whom nobody contacts. */
final class ControlReader {

    private ControlReader() {}

    static ControlGroup read(Section pack, PurposesReader purposes, Problems problems) {
        return pack.section("control")
                .map(section -> group(section, purposes, problems))
                .orElse(ControlGroup.NONE);
    }

    private static ControlGroup group(Section section, PurposesReader purposes, Problems problems) {
        SortedSet<String> exempt = new TreeSet<>();
        for (Scalar name : section.scalars("exempt")) {
            if (!purposes.has(name.text())) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        name.place(),
                        section.pathOf("exempt"),
                        "purpose",
                        name.text(),
                        purposes.all().stream().map(Purpose::name).toList());
            }
            exempt.add(name.text());
        }
        double share = section.share("share", 0);
        if (!(share < 1)) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("share"),
                    section.pathOf("share"),
                    "nobody would be contacted",
                    "5% is usual");
            return ControlGroup.NONE;
        }
        return new ControlGroup(new Probability(share), exempt);
    }
}
