package dev.forestall.pack;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.SourceMapping;
import dev.forestall.loop.report.ReportEvents;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/** Reads how what live sources say becomes events. */
final class SourcesReader {

    private final TrackingPlan plan;
    private final Problems problems;
    private final IdentifierPlaces identifierPlaces;
    private final List<SourceMapping> mappings = new ArrayList<>();

    SourcesReader(TrackingPlan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
        this.identifierPlaces = new IdentifierPlaces(plan, problems);
    }

    void read(Section pack) {
        for (Member member : pack.members("sources")) {
            Declared.checkName(member.key(), member.path(), "a source", problems);
            member.section(Grammar.SOURCE).ifPresent(section -> read(member.name(), section));
        }
    }

    private void read(String name, Section section) {
        mappings.add(new SourceMapping(
                name, kind(section), identifierPlaces.read(section), events(section), clock(section)));
    }

    private static SourceMapping.Kind kind(Section section) {
        return SourceMapping.Kind.valueOf(section.text("kind", "segment").toUpperCase(Locale.ROOT));
    }

    private SequencedMap<String, String> events(Section section) {
        Set<String> sayable = new TreeSet<>();
        plan.types().stream()
                .map(EventType::name)
                .filter(event -> !ReportEvents.isBuiltIn(event))
                .forEach(sayable::add);
        SequencedMap<String, String> events = new LinkedHashMap<>();
        for (Member member : section.members("events")) {
            if (!(member.node() instanceof Scalar event)) {
                continue;
            }
            if (sayable.contains(event.text())) {
                events.put(member.name(), event.text());
            } else if (!event.isNothing()) {
                problems.unknown(PackError.UNKNOWN_NAME, event.place(), member.path(), "event", event.text(), sayable);
            }
        }
        return events;
    }

    private static SourceMapping.Clock clock(Section section) {
        return switch (section.text("clock", "auto")) {
            case "segment" -> SourceMapping.Clock.SEGMENT;
            case "trust" -> SourceMapping.Clock.TRUST;
            default -> SourceMapping.Clock.AUTO;
        };
    }

    /** In the order of the pack. */
    List<SourceMapping> mappings() {
        return mappings;
    }
}
