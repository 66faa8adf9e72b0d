package dev.forestall.pack;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;

/** Reads on which kind of subject something is looked at. */
final class Kinds {

    private Kinds() {}

    /** The declared kind behind {@code on}; customers when there is none or it does not exist. */
    static String read(Section section, Subjects subjects, Problems problems) {
        String kind = section.text("on", SubjectId.CUSTOMER);
        if (!subjects.kinds().contains(kind)) {
            if (section.has("on")) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        section.placeOf("on"),
                        section.pathOf("on"),
                        "kind of subject",
                        kind,
                        subjects.kinds());
            }
            return SubjectId.CUSTOMER;
        }
        return kind;
    }
}
