package dev.forestall.pack;

import dev.forestall.loop.gate.Purpose;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what customers are contacted for. */
final class PurposesReader {

    private static final String IGNORED = "ignored";

    private final Problems problems;
    private final boolean areDeclared;
    private final SortedMap<String, Purpose> purposes = new TreeMap<>();

    PurposesReader(Section pack, Problems problems) {
        this.problems = problems;
        this.areDeclared = pack.has("purposes");
        for (Member member : pack.members("purposes")) {
            if (member.name().equals(GateReader.ANY)) {
                problems.error(
                        PackError.NAME_TAKEN,
                        member.key().place(),
                        member.path(),
                        "'" + GateReader.ANY + "' means all purposes together",
                        "Choose another name");
            }
            member.section(Grammar.PURPOSE)
                    .ifPresent(section -> purposes.put(member.name(), purpose(member.name(), section)));
        }
        if (!areDeclared) {
            Purpose.USUAL.forEach(each -> purposes.put(each.name(), each));
        }
    }

    /** What nobody can object to is not held back by quiet hours and caps either, unless the pack says so. */
    private static Purpose purpose(String name, Section section) {
        String optOut = section.text("opt_out", "respected");
        return new Purpose(
                name,
                section.whole("priority", 0),
                !section.text("consent", "needed").equals("not_needed"),
                !optOut.equals(IGNORED),
                section.has("decided_by"),
                section.text("quiet", optOut).equals(IGNORED),
                section.text("caps", optOut).equals(IGNORED));
    }

    /** The purpose of an action. Where the pack declares purposes, each action says its own. */
    Purpose of(Section action) {
        String name = action.text("purpose", "");
        if (name.isEmpty()) {
            if (areDeclared && !action.has("purpose")) {
                problems.error(
                        PackError.MISSING_KEY,
                        action.place(),
                        action.path(),
                        "the key 'purpose' is missing",
                        "The pack declares purposes, so each action has one");
            }
            return Purpose.SERVICE;
        }
        Purpose purpose = purposes.get(name);
        if (purpose == null) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    action.placeOf("purpose"),
                    action.pathOf("purpose"),
                    "purpose",
                    name,
                    purposes.keySet());
            return Purpose.SERVICE;
        }
        return purpose;
    }

    boolean has(String name) {
        return purposes.containsKey(name);
    }

    /** In the order of their names. */
    Collection<Purpose> all() {
        return Collections.unmodifiableCollection(purposes.values());
    }
}
