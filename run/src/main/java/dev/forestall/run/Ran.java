package dev.forestall.run;

import dev.forestall.embedded.Host;
import dev.forestall.loop.Definition;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.views.report.Report.Facts;
import dev.forestall.views.report.Report.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;

/** The facts about what stands in a host. */
public final class Ran {

    private Ran() {}

    /**
     * @param source the file that was read
     * @param fresh how many events were new in this run
     * @param rejected what could not be used
     */
    public static Facts facts(Host host, String source, long fresh, List<Rejection> rejected, long elapsedMillis) {
        Definition definition = host.definition();
        var progress = host.progress();
        SequencedMap<String, Long> subjects = new LinkedHashMap<>();
        for (String kind : kinds(definition)) {
            long number = host.statistics(kind).subjects();
            if (number > 0 || kind.equals(SubjectId.CUSTOMER)) {
                subjects.put(kind, number);
            }
        }
        return new Facts(
                source,
                definition.name(),
                definition.hash(),
                progress.events(),
                fresh,
                subjects,
                progress.late(),
                rejected.stream().mapToLong(Rejection::count).sum(),
                progress.earliestMillis(),
                progress.latestMillis(),
                elapsedMillis);
    }

    private static TreeSet<String> kinds(Definition definition) {
        TreeSet<String> kinds = new TreeSet<>();
        kinds.add(SubjectId.CUSTOMER);
        kinds.add(SubjectId.COHORT);
        kinds.add(SubjectId.MEMBERS);
        definition.plan().identifiers().stream()
                .map(IdentifierType::subjectKind)
                .forEach(kinds::add);
        return kinds;
    }
}
