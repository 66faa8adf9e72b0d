package dev.forestall.pack;

import dev.forestall.loop.feature.Phrase;
import dev.forestall.loop.reason.Phrasebook;
import dev.forestall.loop.reason.ReasonRules;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what may be said as a reason, and in which words. */
final class ReasonsReader {

    private final Groups groups;
    private final Problems problems;
    private Languages languages = Languages.BUILT_IN;
    private ReasonRules rules = ReasonRules.STANDARD;

    ReasonsReader(Groups groups, Problems problems) {
        this.groups = groups;
        this.problems = problems;
    }

    void read(Section section) {
        rules = new ReasonRules(groups.read(section, "exclude"), section.whole("max", ReasonRules.STANDARD.most()));
        Scalar standard = section.scalar("language").orElse(null);
        String language = standard == null ? Phrasebook.ENGLISH.language() : standard.text();
        SortedMap<String, Phrasebook> books = new TreeMap<>(Languages.BUILT_IN.books());
        SortedMap<String, SortedMap<String, String>> names = new TreeMap<>();
        names.put(language, new TreeMap<>(names(section)));
        for (Member member : section.members("languages")) {
            member.section(Grammar.LANGUAGE).ifPresent(own -> {
                String tag = member.name();
                books.put(
                        tag, books.getOrDefault(tag, Phrasebook.ENGLISH.as(tag)).with(phrases(own)));
                names.computeIfAbsent(tag, each -> new TreeMap<>()).putAll(names(own));
            });
        }
        if (standard != null && !books.containsKey(language)) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    standard.place(),
                    section.pathOf("language"),
                    "language",
                    language,
                    books.keySet());
            return;
        }
        languages = new Languages(language, books, names);
    }

    private SortedMap<String, String> names(Section section) {
        SortedMap<String, String> names = new TreeMap<>();
        section.members("labels").forEach(member -> {
            groups.check(member.name(), member.key(), section.pathOf("labels"));
            if (member.node() instanceof Scalar scalar) {
                names.put(member.name(), scalar.text());
            }
        });
        return names;
    }

    /** A phrase that is never said, or that drops what stands in a place, would go unnoticed until somebody reads nonsense. */
    private SortedMap<String, String> phrases(Section section) {
        SortedMap<String, String> phrases = new TreeMap<>();
        section.members("phrases").forEach(member -> {
            String english = member.name();
            if (!Languages.BUILT_IN.forms().contains(english)) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        member.key().place(),
                        section.pathOf("phrases"),
                        "phrase",
                        english,
                        Languages.BUILT_IN.forms());
            } else if (member.node() instanceof Scalar scalar) {
                List<String> expected = Phrase.places(english).stream().sorted().toList();
                if (Phrase.places(scalar.text()).stream().sorted().toList().equals(expected)) {
                    phrases.put(english, scalar.text());
                } else {
                    problems.error(
                            PackError.WRONG_VALUE,
                            scalar.place(),
                            section.pathOf("phrases"),
                            "'" + scalar.text() + "' has not the places of '" + english + "'",
                            "Use each of the places of the English phrase once, in any order: "
                                    + String.join(
                                            ", ",
                                            expected.stream()
                                                    .map(place -> '{' + place + '}')
                                                    .toList()));
                }
            }
        });
        return phrases;
    }

    ReasonRules rules() {
        return rules;
    }

    Languages languages() {
        return languages;
    }
}
